package vowcheck.core.workflow;

/// Lets one execution of the training workflow run at a time. An execution that ended without freeing the lock, for
/// example because it was stopped by hand, loses it to the next one.
public final class TrainingLock {

    private final LockObject lock;
    private final Executions executions;

    public TrainingLock(LockObject lock, Executions executions) {
        this.lock = lock;
        this.executions = executions;
    }

    /// Takes the lock, or keeps it. Throws [AnotherTrainingRuns] when another execution holds it and is running.
    public void take(Execution execution) {
        if (lock.take(execution)) {
            return;
        }
        var holder = lock.held();
        if (holder.isEmpty()) {
            // It was freed in the meantime: now the first one gets it.
            if (!lock.take(execution)) {
                throw new AnotherTrainingRuns("another training took the lock at the same moment");
            }
            return;
        }
        var former = holder.get();
        if (former.is(execution)) {
            return;
        }
        former.within(execution).filter(executions::runs).ifPresent(running -> {
            throw new AnotherTrainingRuns("the training %s is running, expected none".formatted(running.name()));
        });
        if (!lock.takeOver(execution, former)) {
            throw new AnotherTrainingRuns("another training took the lock at the same moment");
        }
    }

    /// Frees the lock if that execution holds it.
    public void release(Execution execution) {
        if (lock.held().filter(held -> held.is(execution)).isPresent()) {
            lock.free();
        }
    }
}
