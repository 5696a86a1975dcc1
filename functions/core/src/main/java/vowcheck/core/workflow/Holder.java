package vowcheck.core.workflow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which execution the lock's object or a claim's object names.
///
/// @param execution the execution, or null where the object cannot be read: then it is nobody's
/// @param tag the object's state when it was read
public record Holder(@Nullable Execution execution, String tag) {

    /// Whether the object names that execution.
    public boolean is(Execution other) {
        return execution != null && execution.name().equals(other.name());
    }

    /// The execution of that name in the stage of `asking`, the only one about which that may ask: the object
    /// may have been copied from another stage's bucket.
    public Optional<Execution> within(Execution asking) {
        return Optional.ofNullable(execution).map(named -> named.inStageOf(asking));
    }
}
