package vowcheck.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C while `up` installs: one sentence, no program left, nothing taken for installed that is not. Scripts take the
/// places of Python with its pip, of npm and of Maven; they and their children ignore Ctrl-C, as some programs do.
class InterruptedSetupTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String NEVER_ENDS = """
            never_ends() {
              echo "$1" >>HERE/calls
              trap '' INT
              sleep 600 &
              echo "$$ $!" >>HERE/processes
              wait
            }
            """;

    private static final String PYTHON = NEVER_ENDS + """
            case "$*" in
              -c*) ;;
              --version) echo Python 3.12.0 ;;
              "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
              *) never_ends python ;;
            esac
            """;

    private static final String MAVEN = NEVER_ENDS + """
            case "$*" in
              -v) echo Apache Maven 3.9.9 ;;
              *) never_ends mvn ;;
            esac
            """;

    /// Installs at once.
    private static final String NPM = """
            echo npm >>HERE/calls
            mkdir -p infra-cdk/node_modules/.bin && touch infra-cdk/node_modules/.bin/cdk
            """;

    @TempDir
    private Path folder;

    private Path root;
    private Path calls;
    private Path processes;

    @BeforeEach
    void aRepositoryWithScripts() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        calls = folder.resolve("calls");
        processes = folder.resolve("processes");
        var own = Path.of("..");
        Files.setPosixFilePermissions(
                Files.copy(own.resolve("vowcheck"), root.resolve("vowcheck")),
                Files.getPosixFilePermissions(own.resolve("vowcheck")));
        for (var folder : List.of("functions", "initdb", "events", "model-artifacts", ".mvn", "localstack", "mlflow")) {
            Files.createDirectory(root.resolve(folder));
        }
        for (var file : List.of(
                "pom.xml",
                "localstack/requirements.txt",
                "mlflow/requirements.txt",
                "launcher/uv/requirements.txt",
                "launcher/usage/up.txt",
                "infra-cdk/package-lock.json",
                "infra-cdk/pretended-types.txt")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(own.resolve(file), root.resolve(file));
        }
        var setup = Path.of("launcher/src/main/java/vowcheck/launcher/setup");
        Files.createDirectories(root.resolve(setup));
        try (var sources = Files.list(own.resolve(setup))) {
            for (var source : sources.toList()) {
                Files.copy(source, root.resolve(setup).resolve(source.getFileName()));
            }
        }
        for (var script : Map.of("python3", PYTHON, "mvn", MAVEN, "npm", NPM, "node", "echo v22.0.0")
                .entrySet()) {
            ShellScript.write(
                    folder.resolve("bin").resolve(script.getKey()),
                    script.getValue().replace("HERE", folder.toString()));
        }
    }

    @Test
    void anInterruptedInstallationLeavesNothingAndIsContinued() throws Exception {
        interruptedUp();

        assertThat(root.resolve(".local/tools"))
                .isDirectoryContaining("glob:**/cdk.stamp")
                .isDirectoryNotContaining("glob:**/{uv,venv,mlflow,build}.stamp");

        Files.delete(calls);
        Files.delete(processes);
        interruptedUp();

        assertThat(Files.readAllLines(calls)).containsExactlyInAnyOrder("python", "mvn");
    }

    /// Runs `up` until npm has installed what it shall, and interrupts it while the others are at work.
    private void interruptedUp() throws Exception {
        var output = folder.resolve("output");
        var command = new ProcessBuilder(SystemProcesses.asInTerminal("./vowcheck", "up"))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH")));
        command.environment().remove("VOWCHECK_LOCAL");
        var up = command.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(up.isAlive()).as(Files.readString(output, UTF_8)).isTrue();
                assertThat(processes).exists();
                assertThat(Files.readAllLines(processes)).hasSize(2);
                assertThat(root.resolve(".local/tools/cdk.stamp")).exists();
            });
            SystemProcesses.signal("INT", -up.pid());
            assertThat(up.onExit()).succeedsWithin(PATIENCE);
        } finally {
            up.descendants().forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly();
        }

        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(output, UTF_8))
                .filteredOn(line -> !line.matches(" +\\d+s  .*"))
                .containsExactly("vowcheck: interrupted: run ./vowcheck up again, it continues");
        for (var pid : Files.readString(processes).strip().split("\\s+", -1)) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                    .as("process " + pid)
                    .isEmpty();
        }
    }
}
