package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.launcher.ShellScript;

/// Which program installs packages. Scripts take the places of Python, whose pip makes uv, and of uv; each records how
/// it
/// was called.
class PythonEnvironmentsTest {

    private static final String PYTHON = """
            here=HERE
            echo "python $*" >>$here/calls
            case "$*" in
              "-m venv "*)
                mkdir -p "$3/bin"
                cp "$0" "$3/bin/python"
                cp $here/uv "$3/bin/uv" ;;
              *launcher/uv/requirements.txt) [ ! -e $here/no-uv ] ;;
            esac
            """;
    private static final String UV = """
            here=HERE
            echo "uv $*" >>$here/calls
            [ ! -e $here/broken-uv ] || { echo "$(cat $here/broken-uv)"; exit 1; }
            [ "$1" != venv ] || { mkdir -p "$6/bin" && cp $here/python "$6/bin/python"; }
            """;

    @TempDir
    private Path folder;

    private Path project;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void scripts() throws IOException {
        ShellScript.write(folder.resolve("python"), PYTHON.replace("HERE", folder.toString()));
        ShellScript.write(folder.resolve("uv"), UV.replace("HERE", folder.toString()));
        Files.writeString(
                Files.createDirectories(folder.resolve("launcher/uv")).resolve("requirements.txt"), "uv==1\n");
        project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("requirements.txt"), "boto3==1 --hash=sha256:00\n");
    }

    @Test
    void uvInstallsWhatTheListHasAndVerifiesItsHashes() throws IOException {
        install();

        assertThat(calls()).anyMatch(call -> call.startsWith("uv pip install") && call.contains("--require-hashes"));
        assertThat(calls()).noneMatch(call -> call.contains("-m pip install") && call.contains(project.toString()));
    }

    @Test
    void whatIsInstalledStaysUntilTheListChanges() throws IOException {
        install();
        Files.delete(folder.resolve("calls"));

        install();
        assertThat(calls()).containsOnly("python --version");

        Files.writeString(project.resolve("requirements.txt"), "boto3==2 --hash=sha256:00\n");
        install();
        assertThat(calls()).anyMatch(call -> call.startsWith("uv pip install"));
    }

    @Test
    void whereUvCannotBeInstalledPipVerifiesTheHashes() throws IOException {
        Files.createFile(folder.resolve("no-uv"));

        install();

        assertThat(calls()).noneMatch(call -> call.startsWith("uv"));
        assertThat(calls())
                .anyMatch(call -> call.contains("-m pip install")
                        && call.contains("--require-hashes")
                        && call.contains(project.toString()));
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("uv failed, installing MLflow with pip");
    }

    @Test
    void whereUvFailsPipInstalls() throws IOException {
        Files.writeString(folder.resolve("broken-uv"), "no such index");

        install();

        assertThat(calls()).anyMatch(call -> call.contains("-m pip install") && call.contains(project.toString()));
    }

    @Test
    void withoutANetworkPipIsNotTriedInVain() throws IOException {
        Files.writeString(folder.resolve("broken-uv"), "error: Failed to fetch: https://example.org/simple/boto3/");

        assertThatThrownBy(this::install).hasMessageContaining("could not download what it needs");

        assertThat(calls()).noneMatch(call -> call.contains("-m pip install") && call.contains(project.toString()));
    }

    @Test
    void afterAFailureNothingCountsAsInstalled() throws IOException {
        Files.writeString(folder.resolve("broken-uv"), "no such index");
        ShellScript.write(folder.resolve("python"), "exit 1");

        assertThatThrownBy(this::install).isInstanceOf(CommandFailed.class);

        assertThat(new Stamps(folder.resolve("tools")).read("mlflow")).isEmpty();
    }

    private void install() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        var progress = new Progress(
                new PrintStream(output, true, StandardCharsets.UTF_8), InstantSource.system(), Instant.EPOCH);
        new PythonEnvironments(
                        folder,
                        tools,
                        folder.resolve("python").toString(),
                        new Caches(Map.of(), List.of()),
                        commands(),
                        progress)
                .install("mlflow", UpStep.MLFLOW_PACKAGES, project);
    }

    private LoggedCommands commands() {
        try {
            return new LoggedCommands(Files.createDirectories(folder.resolve("logs")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}
