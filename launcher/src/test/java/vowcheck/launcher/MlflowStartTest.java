package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.launcher.setup.CommandFailed;

class MlflowStartTest {

    @TempDir
    private Path folder;

    private final AtomicInteger seconds = new AtomicInteger();

    @Test
    void aSlowMachineIsWaitedFor() {
        var log = folder.resolve("mlflow.log");

        start(90).await(log);

        assertThat(seconds).hasValue(90);
        assertThat(log).doesNotExist();
    }

    @Test
    void anMlflowThatDoesNotStartLeavesItsOutputWhereTheSentenceSays() {
        var log = folder.resolve("mlflow.log");

        assertThatThrownBy(() -> start(1000).await(log))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("MLflow does not answer after 120 seconds: its output is in " + log);

        assertThat(log).hasContent("address already in use");
    }

    /// Healthy after so many seconds.
    private MlflowStart start(int after) {
        return new MlflowStart(() -> seconds.get() >= after, seconds::incrementAndGet, MlflowStartTest::print);
    }

    private static void print(PrintStream out) {
        out.println("address already in use");
    }
}
