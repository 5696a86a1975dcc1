package vowcheck.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vowcheck.launcher.setup.CommandFailed;

/// Waits until MLflow, which a training needs, is healthy: its database exists since the migration; MLflow then creates
/// its tables and starts, which takes half a minute on a slow machine.
final class MlflowStart {

    /// How often it is asked, a second apart.
    static final int QUESTIONS = 120;

    private final BooleanSupplier healthy;
    private final Runnable pause;
    private final Consumer<PrintStream> output;

    /// @param pause of a second
    /// @param output prints what MLflow has printed
    MlflowStart(BooleanSupplier healthy, Runnable pause, Consumer<PrintStream> output) {
        this.healthy = healthy;
        this.pause = pause;
        this.output = output;
    }

    /// @param log gets MLflow's output if it does not become healthy: an `up` that fails stops LocalStack, which has it
    void await(Path log) {
        for (int question = 0; question < QUESTIONS; question++) {
            if (healthy.getAsBoolean()) {
                return;
            }
            pause.run();
        }
        try (var file = new PrintStream(log.toFile(), UTF_8)) {
            output.accept(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new CommandFailed(
                "MLflow does not answer after %d seconds: its output is in %s".formatted(QUESTIONS, log));
    }
}
