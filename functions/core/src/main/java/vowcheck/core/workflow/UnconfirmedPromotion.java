package vowcheck.core.workflow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelPointer;

/// A promotion that has begun and whose smoke call has not passed yet: all that taking it back needs.
///
/// @param execution the execution that promotes
/// @param challenger what it makes serve
/// @param former what was in production before, or null where there was nothing
public record UnconfirmedPromotion(
        Execution execution,
        ModelPointer challenger,
        @Nullable ModelPointer former) {

    /// What was in production before; empty where there was nothing.
    public Optional<ModelPointer> servedBefore() {
        return Optional.ofNullable(former);
    }

    /// Whether that execution has begun it.
    public boolean isOf(Execution other) {
        return execution.name().equals(other.name());
    }
}
