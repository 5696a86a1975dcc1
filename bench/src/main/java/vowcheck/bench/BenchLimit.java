package vowcheck.bench;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Does something when the benchmark takes too long, unless it is closed before.
final class BenchLimit implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final Future<?> expiry;

    private BenchLimit(ScheduledThreadPoolExecutor timer, Future<?> expiry) {
        this.timer = timer;
        this.expiry = expiry;
    }

    /// @param expired what is done, in a thread of its own; it must not throw
    static BenchLimit start(Duration limit, Runnable expired) {
        var timer = new ScheduledThreadPoolExecutor(1);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new BenchLimit(timer, timer.schedule(expired, limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Whether it will not be done, since the benchmark ended in time.
    boolean isKept() {
        return expiry.isCancelled();
    }

    /// What has begun already is not interrupted.
    @Override
    public void close() {
        timer.shutdown();
    }
}
