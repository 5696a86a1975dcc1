package vowcheck.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Threads that do tasks at the same time.
final class Workers implements AutoCloseable {

    /// How long a task may take beyond its own time.
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final ExecutorService threads;

    Workers(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    /// Does all tasks at once and waits for them; throws the exception of the first one that failed.
    <T> List<T> all(List<Task<T>> tasks, Duration within) {
        try {
            List<Callable<T>> callables = new ArrayList<>(tasks);
            var results = new ArrayList<T>();
            for (var done : threads.invokeAll(callables, within.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FunctionFailed failed
                    ? failed
                    : new IllegalStateException("a worker failed: " + e.getCause(), e);
        } catch (CancellationException e) {
            throw new IllegalStateException(
                    "a worker did not end within %d s, expected %d s"
                            .formatted(within.plus(GRACE).toSeconds(), within.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the workers", e);
        }
    }

    /// Does not wait: a task that hangs must not hang the benchmark.
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /// What a worker does.
    interface Task<T> extends Callable<T> {}
}
