package vowcheck.core.workflow;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;

/// A decision about the model in production, as it is recorded.
///
/// @param id the same when the same decision is recorded again
/// @param decidedBy an operator's name, or the execution that decided
/// @param reason in words
/// @param from the model that was in production; null where there was none, or nobody could read which
/// @param to the model that the decision is about, such as the shadow; null where none is left in production
public record ModelDecision(
        String id,
        Kind kind,
        String decidedBy,
        String reason,
        @Nullable ModelIdentity from,
        @Nullable ModelIdentity to) {

    /// What an operator's call has decided.
    static ModelDecision of(OperatorsOrder order, Kind kind, Optional<ModelIdentity> from, ModelIdentity to) {
        return new ModelDecision(
                order.id(), kind, order.operator(), order.reason().text(), from.orElse(null), to);
    }

    /// What an execution has decided; it makes one decision of a kind.
    static ModelDecision of(
            Execution execution, Kind kind, String reason, Optional<ModelIdentity> from, Optional<ModelIdentity> to) {
        return new ModelDecision(
                kind.fieldValue() + "-" + execution.name(),
                kind,
                "the %s %s".formatted(execution.isReplay() ? "replay" : "training", execution.name()),
                reason,
                from.orElse(null),
                to.orElse(null));
    }

    /// That the shadow has ended by this decision.
    ModelDecision endOf(ShadowPointer shadow, String why) {
        return new ModelDecision(
                Kind.SHADOW_STOPPED.fieldValue() + "-" + id,
                Kind.SHADOW_STOPPED,
                decidedBy,
                why,
                from,
                shadow instanceof NamedShadow named ? named.model() : null);
    }

    /// What was decided.
    public enum Kind {
        /// A training has put its challenger into production.
        PROMOTED,
        /// An operator has put a model into production.
        ROLLED_BACK,
        /// An operator has moved the registry's alias, and production followed.
        ALIAS_FOLLOWED,
        /// A promotion that was not confirmed was taken back.
        TAKEN_BACK,
        /// What served before a replay was put back.
        REPLAY_ENDED,
        /// An operator has made a model the shadow.
        SHADOW_STARTED,
        /// An operator has ended the shadow, or another decision has put it into production.
        SHADOW_STOPPED,
        /// An operator has approved of a challenger, which its training may promote now.
        APPROVED,
        /// An operator has rejected a challenger.
        REJECTED,
        /// Nobody has approved of a challenger in time.
        EXPIRED;

        /// The name in the record, such as `rolled_back`.
        public String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
