package vowcheck.core.workflow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelPointer;

/// A promotion that has begun and whose smoke call has not passed yet: everything that is needed to take it back.
///
/// @param execution the promoting execution
/// @param challenger the model that it puts into production
/// @param former the model that was in production before, or null where there was none
public record UnconfirmedPromotion(
        Execution execution,
        ModelPointer challenger,
        @Nullable ModelPointer former) {

    /// The model that was in production before; empty where there was none.
    public Optional<ModelPointer> servedBefore() {
        return Optional.ofNullable(former);
    }

    /// Whether that execution began it.
    public boolean isOf(Execution other) {
        return execution.name().equals(other.name());
    }
}
