package vowcheck.core.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;

/// Begins and ends a replay: many trainings in a row, which compare and promote as those of the months would
/// have. It holds the training lock from its beginning to its end. What served before is recorded, and put back
/// at the end where the replay was started so, however it ends: a replay that was killed is ended by whoever
/// takes the lock over.
///
/// What an operator has put into production meanwhile stays. Failures of the ports are thrown, and the replay
/// stays recorded, so that the next attempt continues; repeating a step is harmless. What people should know is
/// returned, one sentence each.
public final class Replay {

    private final UnfinishedReplays replays;
    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final Restoration restoration;
    private final DecisionAudit audit;
    private final PointerMove moves;

    public Replay(
            UnfinishedReplays replays,
            WritableModelStore models,
            ModelRegistry registry,
            Restoration restoration,
            DecisionAudit audit) {
        this.replays = replays;
        this.models = models;
        this.registry = registry;
        this.restoration = restoration;
        this.audit = audit;
        this.moves = new PointerMove(models, audit);
    }

    /// Records what serves. The replay must hold the training lock.
    public void begin(Execution replay, boolean restores) {
        if (replays.unfinished().filter(it -> it.isOf(replay)).isPresent()) {
            return; // the step is repeated: by now, something else may serve
        }
        replays.keep(new UnfinishedReplay(replay, models.inProduction(_ -> {}).orElse(null), List.of(), restores));
    }

    /// What the next training of a replay is compared with. The first one is compared with nothing that served before
    /// the replay, since that was made with rows of the months that are replayed.
    public TrainingRequest.Opponent opponent(Execution replay) {
        boolean isFirst = replays.unfinished()
                .filter(it -> it.isOf(replay))
                .filter(it -> it.promoted().isEmpty())
                .isPresent();
        return isFirst ? TrainingRequest.Opponent.NONE : TrainingRequest.Opponent.PRODUCTION;
    }

    /// Ends a replay, if it has not been ended yet.
    public List<String> end(Execution replay) {
        return end(replay, it -> it.isOf(replay));
    }

    /// Ends what any other execution has left unfinished, a promotion or a replay. The holder of the training
    /// lock calls this before anything else: as it has the lock, the other execution has ended.
    public List<String> recover(Execution holder) {
        var notes = new ArrayList<>(restoration.recover(holder));
        notes.addAll(end(holder, it -> !it.isOf(holder)));
        return notes;
    }

    private List<String> end(Execution holder, Predicate<UnfinishedReplay> isMeant) {
        var replay = replays.unfinished().filter(isMeant);
        if (replay.isEmpty()) {
            return List.of();
        }
        // Its last training may have been killed, too.
        var notes = new ArrayList<>(restoration.recover(holder));
        if (replay.get().restores()) {
            var updates = new RegistryUpdates(registry);
            putBack(replay.get(), updates);
            notes.addAll(updates.notes());
        }
        replays.finish();
        return notes;
    }

    private void putBack(UnfinishedReplay replay, RegistryUpdates updates) {
        if (replay.promoted().isEmpty()) {
            return; // it has changed nothing
        }
        var serving = models.inProduction(_ -> {});
        var decided = serving.filter(replay::isOperators);
        if (decided.isPresent()) {
            updates.note("version %s was put into production during the replay, and stays"
                    .formatted(decided.get().version()));
            return;
        }
        if (replay.servedBefore().isEmpty()) {
            updates.note("no model was in production before the replay: what serves stays");
            return;
        }
        var former = replay.servedBefore().get();
        var decision = ModelDecision.of(
                replay.execution(),
                ModelDecision.Kind.REPLAY_ENDED,
                "it served before the replay",
                serving.map(ModelPointer::model),
                Optional.of(former.model()));
        if (serving.equals(Optional.of(former))) {
            audit.complete(decision);
        } else {
            try {
                models.load(former.model());
            } catch (UnusableModel e) {
                updates.note("%s: what the replay has put into production stays".formatted(e.getMessage()));
                return;
            }
            var entry = audit.begin(decision, updates::note);
            if (!moves.replace(serving, former, decision, updates::note)) {
                updates.note("production changed while version %s was put back, and stays as it is"
                        .formatted(former.version()));
                return;
            }
            entry.done();
            serving.ifPresent(replaced -> updates.mark(replaced.model(), VersionStatus.REPLACED));
        }
        updates.moveProduction(Optional.of(former.model()));
        updates.moveDeprecated(former.former());
        updates.mark(former.model(), VersionStatus.REINSTATED);
    }
}
