package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C while `up` is at work: one sentence, no process left, and the next `up` continues. Another program has
/// MLflow's port meanwhile.
@Order(0)
class InterruptedUpIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOCAL = ROOT.resolve(".local/test-interrupted");

    private final Launcher launcher = new Launcher(ROOT, LOCAL);

    private ServerSocket otherProgram;

    @BeforeEach
    void takeMlflowsPort() throws IOException {
        launcher.run("down", "--wipe");
        otherProgram = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.writeString(LOCAL.resolve("mlflow-port"), String.valueOf(otherProgram.getLocalPort()));
    }

    @AfterEach
    void wipe() throws IOException {
        otherProgram.close();
        launcher.run("down", "--wipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting LocalStack", "deploying", "100,000 rows sent"})
    void anInterruptedUpLeavesNothingAndTheNextContinues(String step) throws Exception {
        var command = new ProcessBuilder(
                        "setsid", "./vowcheck", "up", "--quick") // a process group of its own, as in a terminal
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        command.environment().put("VOWCHECK_LOCAL", LOCAL.toString());
        var up = command.start();
        var output = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(up.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains(step)) {
                    new ProcessBuilder("kill", "-INT", "--", "-" + up.pid())
                            .start()
                            .waitFor();
                }
            }
        }

        assertThat(up.waitFor()).as(output.toString()).isNotZero();
        assertThat(output)
                .containsPattern("port %d is in use by another program, taking \\d+ for MLflow"
                        .formatted(otherProgram.getLocalPort()))
                .contains("interrupted: run ./vowcheck up again, it continues");
        assertThat(SystemProcesses.of(LOCAL)).isEmpty();

        var again = launcher.run("up", "--quick");

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output()).contains("probability");
    }
}
