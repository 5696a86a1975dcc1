package vowcheck.core.workflow;

import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;

/// A training that waits until a person approves its challenger.
///
/// @param execution the training
/// @param challenger what it wants to promote
/// @param serving what was in production when it asked; null where nothing was
/// @param token by which its execution is resumed
public record PendingApproval(
        Execution execution,
        ModelIdentity challenger,
        @Nullable ModelIdentity serving,
        String token) {

    /// Whether that execution waits for it.
    public boolean isOf(Execution other) {
        return execution.name().equals(other.name());
    }

    /// Without the token, by which whoever reads it could approve.
    @Override
    public String toString() {
        return "PendingApproval[%s of %s]".formatted(challenger.exactName(), execution.name());
    }
}
