package vowcheck.launcher.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs steps at the same time, each in a thread of its own.
public final class SideBySide {

    private SideBySide() {}

    /// Returns when all steps are complete. The first one that fails interrupts the others; once they have ended, too,
    /// its failure is thrown.
    public static void run(Stamps.Step... steps) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) { // whose end waits for every thread
            var ended = new ExecutorCompletionService<Void>(threads);
            var all = new ArrayList<Future<Void>>();
            try {
                for (var step : steps) {
                    all.add(ended.submit(() -> {
                        step.run();
                        return null;
                    }));
                }
                for (int i = 0; i < steps.length; i++) {
                    ended.take().get();
                }
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted: run ./vowcheck up again, it continues", e);
            } finally {
                all.forEach(step -> step.cancel(true));
            }
        }
    }

    private static RuntimeException failure(ExecutionException failed) throws IOException {
        return switch (failed.getCause()) {
            case IOException e -> throw e;
            case UncheckedIOException e -> throw e.getCause();
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> throw new AssertionError("a step throws no other exception", failed);
        };
    }
}
