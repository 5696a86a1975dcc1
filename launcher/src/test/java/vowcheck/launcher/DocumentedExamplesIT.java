package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples in the README and in the page about the API, as a reader pastes them into a shell: right after the
/// first `up`, each prints what the document says.
@ExtendWith(RunningSystem.class)
@Order(0)
class DocumentedExamplesIT {

    /// A Python with MLflow's client, and with what a model needs.
    private static final String MLFLOW_PROGRAMS =
            LocalSystem.ROOT.resolve(".local/tools/mlflow-client/bin").toString();

    private final LocalSystem system;

    @TempDir
    private Path folder;

    DocumentedExamplesIT(LocalSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @CsvSource({"README.md, ## Five examples, 5", "docs/api.md, # The API by example, 10"})
    void everyExamplePrintsWhatTheDocumentSays(String document, String part, int answers) throws Exception {
        var examples = ShellExample.in(Files.readString(LocalSystem.ROOT.resolve(document)), part);
        assertThat(examples)
                .filteredOn(example -> !example.answer().isEmpty())
                .hasSizeGreaterThanOrEqualTo(answers)
                .allSatisfy(example -> assertThat(example.answer()).containsPattern("[^…]"));

        var outputs = outputs(examples);

        var softly = new SoftAssertions();
        for (int i = 0; i < examples.size(); i++) {
            var example = examples.get(i);
            var output = outputs.get(i);
            softly.assertThat(example.isAnsweredBy(output))
                    .as("%s, line %d: %s%nprints%n%s", document, example.line(), example.command(), output)
                    .isTrue();
        }
        softly.assertAll();
    }

    /// What each prints, in one shell, since later ones use the variables of earlier ones.
    private List<String> outputs(List<ShellExample> examples) throws IOException, InterruptedException {
        var end = UUID.randomUUID().toString();
        var script = new StringBuilder();
        examples.forEach(example ->
                script.append(example.command()).append("\necho ").append(end).append('\n'));
        var shell = new ProcessBuilder("bash", "-c", script.toString())
                .directory(LocalSystem.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        shell.environment().put("VOWCHECK_LOCAL", system.folder().toString());
        shell.environment().merge("PATH", MLFLOW_PROGRAMS, (path, mlflow) -> mlflow + ":" + path);
        var process = shell.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(LocalSystem.PATIENCE))
                .as("the shell has ended")
                .isTrue();
        var outputs = Files.readString(folder.resolve("output")).split(end, -1);
        assertThat(outputs).as("outputs of the examples").hasSize(examples.size() + 1);
        return List.of(outputs).subList(0, examples.size());
    }
}
