package vowcheck.core.workflow;

import java.util.List;
import java.util.function.Predicate;
import vowcheck.core.model.ModelIdentity;

/// What an operator has decided by putting a model into production: if it is the challenger of a promotion that is
/// not confirmed, that promotion is not taken back any more.
final class OperatorsDecision {

    private final UnconfirmedPromotions unconfirmed;

    OperatorsDecision(UnconfirmedPromotions unconfirmed) {
        this.unconfirmed = unconfirmed;
    }

    /// Forgets the promotion of a model, if there is one. Nothing is thrown: one sentence where that is not possible,
    /// or none.
    List<String> confirm(ModelIdentity model) {
        return confirm(model, _ -> true);
    }

    /// The same where the promotion is one that the operator can have decided about.
    List<String> confirm(ModelIdentity model, Predicate<UnconfirmedPromotion> isDecided) {
        try {
            if (unconfirmed
                    .current()
                    .filter(it -> it.challenger().model().equals(model))
                    .filter(isDecided)
                    .isPresent()) {
                unconfirmed.forget();
            }
            return List.of();
        } catch (UnreadablePromotion e) {
            return List.of(String.valueOf(e.getMessage())); // The next training forgets it, and takes nothing back.
        } catch (WorkflowUnavailable e) {
            return List.of(("if version %s is a challenger that is not confirmed, the next training takes it back: roll"
                            + " back to it again later (%s)")
                    .formatted(model.version(), e.getMessage()));
        }
    }
}
