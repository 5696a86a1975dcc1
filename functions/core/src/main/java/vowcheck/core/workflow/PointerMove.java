package vowcheck.core.workflow;

import java.util.Optional;
import java.util.function.Consumer;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.WritableModelStore;

/// Moves the pointer to the model in production because of a decision. If that ends the shadow, the end is
/// recorded as a decision of its own: it is not started again where the move is taken back, since a model that
/// was taken back has perhaps failed.
final class PointerMove {

    private final WritableModelStore models;
    private final DecisionAudit audit;

    PointerMove(WritableModelStore models, DecisionAudit audit) {
        this.models = models;
        this.audit = audit;
    }

    /// Does what [WritableModelStore#replace] does.
    ///
    /// @param notes takes a sentence where the shadow has ended
    boolean replace(Optional<ModelPointer> serving, ModelPointer next, ModelDecision decision, Consumer<String> notes) {
        var why = "version %s is in production now".formatted(next.version());
        return models.replace(serving, next, shadow -> ended(shadow, why, decision, notes));
    }

    /// Does what [WritableModelStore#withdraw] does.
    ///
    /// @param notes takes a sentence where the shadow has ended
    boolean withdraw(Optional<ModelPointer> serving, ModelDecision decision, Consumer<String> notes) {
        return models.withdraw(serving, shadow -> ended(shadow, "no model is in production now", decision, notes));
    }

    private void ended(ShadowPointer shadow, String why, ModelDecision decision, Consumer<String> notes) {
        var end = decision.endOf(shadow, why);
        notes.accept("%s is no longer the shadow: %s"
                .formatted(
                        Optional.ofNullable(end.to())
                                .map(model -> "version " + model.version())
                                .orElse("a model that could not be read"),
                        why));
        audit.record(end, notes);
    }
}
