package vowcheck.core.workflow;

/// Lets one execution of the training workflow run at a time. An execution that ended without freeing the lock, for
/// example because it was stopped by hand, loses it to the next one.
public final class TrainingLock {

    /// How often the lock is tried that another execution takes or frees at the same moment.
    private static final int ATTEMPTS = 3;

    private final LockObject lock;
    private final Executions executions;

    public TrainingLock(LockObject lock, Executions executions) {
        this.lock = lock;
        this.executions = executions;
    }

    /// Takes the lock, or keeps it. Throws [AnotherTrainingRuns] when another execution holds it and is running.
    ///
    /// A write that is refused is no proof that another execution was faster: where the answer to the first attempt
    /// was lost, the client writes again and meets its own lock. So the holder is read again.
    public void take(Execution execution) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (lock.take(execution)) {
                return;
            }
            var holder = lock.held();
            if (holder.isEmpty()) {
                continue; // it was freed in the meantime: now the first one gets it
            }
            var former = holder.get();
            if (former.is(execution)) {
                return;
            }
            former.within(execution).filter(executions::runs).ifPresent(running -> {
                throw new AnotherTrainingRuns("the training %s is running, expected none".formatted(running.name()));
            });
            if (lock.takeOver(execution, former)) {
                return;
            }
        }
        throw new AnotherTrainingRuns("other trainings take and free the lock again and again");
    }

    /// Frees the lock if that execution holds it.
    public void release(Execution execution) {
        if (lock.held().filter(held -> held.is(execution)).isPresent()) {
            lock.free();
        }
    }
}
