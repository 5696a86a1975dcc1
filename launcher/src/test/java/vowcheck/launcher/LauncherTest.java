package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.launcher.setup.Stamps;

/// What `./vowcheck` says on a machine that lacks something: one sentence, exit code 1, nothing started.
class LauncherTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// What the script calls before it starts anything.
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "basename",
            "cat",
            "cut",
            "date",
            "df",
            "flock",
            "head",
            "id",
            "java",
            "mkdir",
            "node",
            "npm",
            "python3",
            "readlink",
            "rm",
            "sed",
            "setpriv",
            "setsid",
            "sort",
            "tr",
            "uname",
            "unshare");

    @TempDir
    private Path folder;

    private Path tools;
    private Launcher launcher;

    @BeforeEach
    void aMachineWithAllTools() throws IOException {
        tools = Files.createDirectory(folder.resolve("bin"));
        launcher = new Launcher(ROOT, folder.resolve("local"));
        for (var tool : TOOLS) {
            ShellScript.write(tools.resolve(tool), "exec %s \"$@\"".formatted(found(tool)));
        }
        ShellScript.write(tools.resolve("mvn"), "echo Apache Maven 3.9.9"); // the real one calls many more
    }

    @Test
    void anOldJdkIsNamedWithItsVersion() throws IOException {
        var old = folder.resolve("jdk-17");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        ShellScript.write(old.resolve("bin/javac"), "exit 0");
        Files.delete(tools.resolve("java"));

        var up = up(Map.of("JAVA_HOME", old.toString(), "VOWCHECK_JDK_PLACES", ""));

        assertFailed(up, "JDK 25 or newer is needed, the newest found is 17");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "mvn, Maven 3.8.1 or newer is needed; none was found",
                "node, Node.js 20 or newer is needed; none was found",
                "npm, npm is needed; none was found",
                "setpriv, setpriv is needed; none was found",
                "python3, Python 3.11; 3.12 or 3.13 with its venv module is needed; found none",
            })
    void aMissingToolIsNamed(String tool, String sentence) throws IOException {
        Files.delete(tools.resolve(tool));

        assertFailed(up(Map.of()), sentence.replace(';', ','));
    }

    @ParameterizedTest
    @CsvSource({
        "node, v18.19.0, 'Node.js 20 or newer is needed, 18.19.0 was found'",
        "mvn, Apache Maven 3.6.3, 'Maven 3.8.1 or newer is needed, 3.6.3 was found'"
    })
    void anOldToolIsNamedWithItsVersion(String tool, String version, String sentence) throws IOException {
        Files.delete(tools.resolve(tool));
        ShellScript.write(tools.resolve(tool), "echo '" + version + "'");

        assertFailed(up(Map.of()), sentence);
    }

    @Test
    void anOldPythonIsNamedWithItsVersion() throws IOException {
        Files.delete(tools.resolve("python3"));
        ShellScript.write(tools.resolve("python3"), "[ \"$1\" = --version ] && echo Python 3.9.2 || exit 1");

        assertFailed(up(Map.of()), "Python 3.11, 3.12 or 3.13 with its venv module is needed, found Python 3.9.2");
    }

    @Test
    void aFullDiskIsSaid() throws IOException {
        Files.delete(tools.resolve("df"));
        ShellScript.write(tools.resolve("df"), "echo header; echo disk 100 99 1000 99% /");

        assertFailed(up(Map.of()), "MB of free disk are needed");
    }

    @Test
    void twoAtOnceDoNotMeet() throws Exception {
        assertFailed(whileAnotherIsAtWork("down"), "another ./vowcheck is at work");
    }

    @Test
    void aSystemThatIsSetUpIsNotCalledDown() throws Exception {
        assertFailed(whileAnotherIsAtWork("status"), "this system is being set up or stopped: wait until");
    }

    /// Runs a command while another process holds the lock of the system.
    private Launcher.Result whileAnotherIsAtWork(String command) throws Exception {
        Files.createDirectories(launcher.local());
        var lock = launcher.local().resolve("lock");
        var holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; cat").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            return launcher.run(command);
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
    }

    /// By the script: nothing is installed or built first.
    @ParameterizedTest
    @CsvSource({
        "fly, there is no command 'fly'; see ./vowcheck --help",
        "help fly, there is no command 'fly'; see ./vowcheck --help",
        "../usage, there is no command '../usage'; see ./vowcheck --help",
        "up --foo, up: unknown option '--foo'; see ./vowcheck up --help",
        "up now, up: unexpected argument 'now'; see ./vowcheck up --help",
        "down --all, down: unknown option '--all'; see ./vowcheck down --help",
        "redeploy scoring, redeploy: unexpected argument 'scoring'; see ./vowcheck redeploy --help",
        "test --slow, test: unknown option '--slow'; see ./vowcheck test --help",
        "bench --what, bench: unknown option '--what'; see ./vowcheck bench --help",
        "bench warm, 'bench: there is no part ''warm'', expected serving, cold, micro or training; see ./vowcheck bench --help'",
        "bench cold --compare, 'bench: --compare has no value, expected one after it; see ./vowcheck bench --help'",
        "bench --compare no, 'bench: --compare names no, expected the file of a former run; see ./vowcheck bench --help'",
        "operator, operator: NAME is missing; see ./vowcheck operator --help",
        "operator --nope, operator: unknown option '--nope'; see ./vowcheck operator --help",
        "operator ada editor, operator: unexpected argument 'editor'; see ./vowcheck operator --help",
        "up --stage dev, 'up: it works on this machine only, and takes no --stage; see ./vowcheck up --help'",
        "down --stage=dev, 'down: it works on this machine only, and takes no --stage; see ./vowcheck down --help'",
        "test --stage prod, 'test: it works on this machine only, and takes no --stage; see ./vowcheck test --help'",
    })
    void theScriptRefusesWrongArgumentsBeforeItStartsAnything(String command, String sentence) throws IOException {
        Files.delete(tools.resolve("mvn")); // whatever is built or installed needs it
        var result = launcher.run(Map.of("PATH", tools.toString()), command.split(" ", -1));

        assertThat(result.output()).isEqualTo("vowcheck: %s%n".formatted(sentence));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(launcher.local()).doesNotExist();
    }

    /// Whether the launcher of these sources is built or not.
    @ParameterizedTest
    @CsvSource({"retrain yesterday", "replay 2025", "predict", "status --jsn"})
    void theLauncherRefusesWrongArguments(String command) {
        var result = launcher.run(command.split(" ", -1));

        assertThat(result.output()).startsWith("vowcheck: " + command.split(" ", -1)[0] + ": ");
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(launcher.local()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --help", "up --foo -h", "help up", "-h up"})
    void helpNeedsNeitherTheToolsNorABuild(String command) throws IOException {
        Files.delete(tools.resolve("java"));
        Files.delete(tools.resolve("flock"));

        var help = launcher.run(Map.of("PATH", tools.toString(), "JAVA_HOME", ""), command.split(" ", -1));

        assertThat(help.output()).isEqualTo(Files.readString(ROOT.resolve("launcher/usage/up.txt")));
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void withoutACommandTheCommandsAreListed() throws IOException {
        var help = launcher.run();

        assertThat(help.output()).isEqualTo(Files.readString(ROOT.resolve("launcher/usage.txt")));
        assertThat(help.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict events/request_1.json",
                "open",
                "logs",
                "logs scoring",
                "logs -f scoring",
                "drift",
                "drift --json",
                "retrain",
                "replay",
                "follow",
                "rollback --reason=case",
                "approve 3 --reason=case",
                "env",
            })
    void withoutASystemEachCommandSaysWhatToDo(String command) {
        assertThat(launcher.run(command.split(" ", -1)))
                .isEqualTo(new Launcher.Result(1, "vowcheck: not running: ./vowcheck up%n".formatted()));
    }

    /// Whatever this machine knows about an account.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, no region is set: AWS_REGION=eu-central-1 is that of the stages",
                "eu-central-1, `no credentials of AWS are found: log in, or set AWS_PROFILE`",
            })
    void aStageOnAwsNeedsARegionAndCredentials(String region, String sentence) {
        var none = folder.resolve("none").toString();
        var stranger = Map.of(
                "AWS_REGION",
                region,
                "AWS_DEFAULT_REGION",
                "",
                "AWS_PROFILE",
                "default",
                "AWS_CONFIG_FILE",
                none,
                "AWS_SHARED_CREDENTIALS_FILE",
                none,
                "AWS_EC2_METADATA_DISABLED",
                "true");

        for (var command : List.of("retrain", "logs scoring", "env", "key list")) {
            var words = (command + " --stage dev").split(" ", -1);
            assertThat(launcher.run(stranger, words))
                    .as(command)
                    .isEqualTo(new Launcher.Result(1, "vowcheck: %s%n".formatted(sentence)));
        }
        assertThat(launcher.local()).doesNotExist();
    }

    @Test
    void aSystemThatWasStoppedIsNotCalled() throws IOException {
        Files.createDirectories(launcher.local());
        Files.writeString(launcher.local().resolve("port"), "1"); // nothing listens there
        Files.writeString(launcher.local().resolve("outputs.json"), "{}");

        assertFailed(launcher.run("open"), "not running: ./vowcheck up");
    }

    @Test
    void statusSaysWhetherASystemRuns() {
        var status = launcher.run("status");

        assertThat(status).isEqualTo(new Launcher.Result(1, "vowcheck: not running: ./vowcheck up%n".formatted()));
        var json = launcher.status();
        assertThat(json.flag("healthy")).isFalse();
        assertThat(json.document("services").text("localstack")).isEqualTo("down");
    }

    @Test
    void statusSaysSinceWhenASystemIsBeingSetUp() throws IOException {
        Files.createDirectories(launcher.local());
        var up = ProcessHandle.current();
        var begun = up.info().startInstant().orElseThrow();
        Files.writeString(launcher.local().resolve("lock"), "up %d %d%n".formatted(begun.getEpochSecond(), up.pid()));

        assertThat(launcher.run("status").output())
                .isEqualTo("vowcheck: not ready yet: ./vowcheck up is at work since %s%n"
                        .formatted(RunState.onTheClock(begun)));
    }

    @Test
    void downWithoutASystemIsDone() {
        assertThat(launcher.run("down").exitCode()).isZero();
    }

    @Test
    void aWipedSystemLeavesOnlyItsLogs() throws IOException {
        var system = new LocalFolder(launcher.local());
        Files.createDirectories(system.path().resolve("state/rds"));
        for (var file : List.of(system.outputs(), system.operator(), system.images())) {
            Files.writeString(file, "");
        }
        for (var port : List.of("port", "mlflow-port")) {
            Files.writeString(system.path().resolve(port), "1");
        }
        new Stamps(system.path()).once(CdkDeployment.DEPLOYED, system.outputs(), "", () -> {});

        assertThat(launcher.run("down", "--wipe").exitCode()).isZero();

        assertThat(system.path())
                .isDirectoryNotContaining(file ->
                        !List.of("lock", "logs").contains(file.getFileName().toString()));
    }

    @Test
    void allTestsNeedABrowser() {
        assertFailed(
                launcher.run(Map.of("PATH", tools.toString()), "test", "--all"),
                "Chromium with its driver is needed for ./vowcheck test --all, no chromedriver was found");
    }

    private Launcher.Result up(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("PATH", tools.toString());
        return launcher.run(all, "up");
    }

    private void assertFailed(Launcher.Result result, String sentence) {
        assertThat(result.output()).contains("vowcheck: ").contains(sentence);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(launcher.local().resolve("localstack.pid")).doesNotExist();
    }

    private static Path found(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + tool));
    }
}
