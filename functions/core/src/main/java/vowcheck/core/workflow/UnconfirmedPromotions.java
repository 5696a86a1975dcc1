package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the promotion that is not confirmed yet. There is one at most: whoever promotes holds the training
/// lock. Every method throws [WorkflowUnavailable] when the store does not answer.
public interface UnconfirmedPromotions {

    /// The one there is.
    Optional<UnconfirmedPromotion> current();

    /// Notes a promotion, before it changes anything.
    void keep(UnconfirmedPromotion promotion);

    /// Forgets it: it is confirmed or taken back.
    void forget();
}
