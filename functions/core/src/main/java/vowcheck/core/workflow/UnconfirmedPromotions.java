package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the promotion that is not confirmed yet. There is at most one, because a promoting execution holds the
/// training lock. Every method throws [WorkflowUnavailable] when the store does not answer.
public interface UnconfirmedPromotions {

    /// The unconfirmed promotion, if there is one. Throws [UnreadablePromotion] where its record is damaged.
    Optional<UnconfirmedPromotion> current();

    /// Records a promotion, before it changes anything.
    void keep(UnconfirmedPromotion promotion);

    /// Forgets the promotion, once it is confirmed or taken back.
    void forget();
}
