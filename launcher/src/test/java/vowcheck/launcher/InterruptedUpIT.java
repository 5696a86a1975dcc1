package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C while `up` is at work: one sentence, no process left, and the next `up` continues. It is interrupted at three
/// steps in turn, each further on than the one before; `InterruptedSetupTest` interrupts what installs. Another program
/// has MLflow's port meanwhile.
@SecondSystem
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptedUpIT {

    /// Not where the other system looks for its port at the same time.
    private static final int PORT = 4666;

    private final LocalSystem system;
    private final ServerSocket otherProgram;

    InterruptedUpIT(LocalSystem system) throws IOException {
        this.system = system;
        otherProgram = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @BeforeAll
    void takePort() throws IOException {
        system.wipe();
        Files.writeString(system.folder().resolve("port"), String.valueOf(PORT));
    }

    @AfterAll
    void endOtherProgram() throws IOException {
        otherProgram.close();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"starting LocalStack", "deploying", "100,000 rows sent"})
    void anInterruptedUpLeavesNothing(String step) throws Exception {
        Files.writeString(system.folder().resolve("mlflow-port"), String.valueOf(otherProgram.getLocalPort()));
        var command = new ProcessBuilder(SystemProcesses.asInTerminal("./vowcheck", "up", "--quick"))
                .directory(LocalSystem.ROOT.toFile())
                .redirectErrorStream(true);
        command.environment().put("VOWCHECK_LOCAL", system.folder().toString());
        var up = command.start();
        var interrupt = new Thread(() -> interrupt(up));
        Runtime.getRuntime().addShutdownHook(interrupt); // a test that is stopped leaves no process
        var output = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(up.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains(step)) {
                    interrupt(up);
                }
            }
        }
        Runtime.getRuntime().removeShutdownHook(interrupt);

        assertThat(up.waitFor()).as(output.toString()).isNotZero();
        assertThat(output)
                .containsPattern("port %d is in use by another program, taking \\d+ for MLflow"
                        .formatted(otherProgram.getLocalPort()))
                .contains("interrupted: run ./vowcheck up again, it continues");
        assertThat(SystemProcesses.of(system.folder())).isEmpty();
    }

    @Test
    @Order(2)
    void theNextUpContinues() {
        var output = system.up("--quick");

        assertThat(output).contains("probability");
    }

    /// Ctrl-C reaches the whole process group.
    private static void interrupt(Process leader) {
        SystemProcesses.signal("INT", -leader.pid());
    }
}
