package vowcheck.core.workflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;

/// A replay that has begun and not ended: everything that is needed to put back what served before it.
///
/// @param execution the replay's
/// @param former what served before, or null where nothing did
/// @param promoted what its trainings have put into production, oldest first
/// @param restores whether what served before is put back at its end
public record UnfinishedReplay(
        Execution execution, @Nullable ModelPointer former, List<ModelPointer> promoted, boolean restores) {

    public UnfinishedReplay {
        promoted = List.copyOf(promoted);
    }

    /// What served before; empty where nothing did.
    public Optional<ModelPointer> servedBefore() {
        return Optional.ofNullable(former);
    }

    /// Whether none of its trainings has promoted anything, or only that model: this one has no champion, so that each
    /// champion of the replay is older than its challenger.
    public boolean begins(ModelIdentity challenger) {
        return promoted.stream().map(ModelPointer::model).allMatch(challenger::equals);
    }

    /// Whether it is that execution's.
    public boolean isOf(Execution other) {
        return execution.name().equals(other.name());
    }

    /// Whether a pointer was neither there before nor written by one of its trainings: an operator has decided.
    public boolean isOperators(ModelPointer serving) {
        return !serving.equals(former) && !promoted.contains(serving);
    }

    /// The same with what one of its trainings puts into production now. If that replaces what an operator has
    /// decided meanwhile, this is put back at the end.
    public UnfinishedReplay promotes(ModelPointer next, Optional<ModelPointer> serving) {
        @Nullable ModelPointer putBack = serving.filter(this::isOperators).orElse(former);
        var all = promoted.contains(next)
                ? promoted
                : Stream.concat(promoted.stream(), Stream.of(next)).toList();
        return new UnfinishedReplay(execution, putBack, all, restores);
    }
}
