package vowcheck.core.workflow;

/// Lets one execution of the training workflow, or one replay with its trainings, run at a time. An execution
/// that ended without freeing the lock, for example because it was stopped by hand, loses it to the next one.
public final class TrainingLock {

    private final LockObject lock;
    private final Executions executions;

    public TrainingLock(LockObject lock, Executions executions) {
        this.lock = lock;
        this.executions = executions;
    }

    /// Takes the lock, or keeps it. Throws [AnotherTrainingRuns] when another training holds it and is
    /// running, and [ReplayRuns] when a replay does.
    public void take(Execution execution) {
        new Ownership(lock::held, lock::take, lock::takeOver)
                .take(
                        execution,
                        executions::runs,
                        () -> new AnotherTrainingRuns("other trainings take and free the lock again and again"))
                .ifPresent(running -> {
                    throw AnotherTrainingRuns.of(running);
                });
    }

    /// Requires that the replay which a training belongs to runs and has the lock. Throws [AnotherTrainingRuns]
    /// where it has ended: its trainings must change nothing any more.
    public void requireHeldBy(Execution replay) {
        boolean isHeld = lock.held().filter(held -> held.is(replay)).isPresent();
        if (!isHeld || !executions.runs(replay)) {
            throw new AnotherTrainingRuns(
                    "the replay %s has ended, and so must its trainings".formatted(replay.name()));
        }
    }

    /// Frees the lock if that execution holds it.
    public void release(Execution execution) {
        lock.held().filter(held -> held.is(execution)).ifPresent(lock::free);
    }
}
