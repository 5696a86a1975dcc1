package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cfn-lint knows the schema of every resource type in the stages' region.
class TemplateLintIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONFIGURATION = Path.of("src/test/linters/cfnlintrc.yaml");

    @TempDir
    private Path folder;

    @Test
    void cfnLintFindsNothingInTheTemplatesOfAnyStage() throws IOException {
        var templates = new ArrayList<Path>();
        for (var stage : Synthesized.STAGES) {
            var synthesized = Synthesized.of(stage);
            templates.add(written(stage + "-data.json", synthesized.data()));
            templates.add(written(stage + "-service.json", synthesized.service()));
        }
        var said = lint(templates);
        assertThat(said.text()).isEmpty();
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void cfnLintRefusesAPropertyThatATypeDoesNotHave() throws IOException {
        var said = lint(List.of(written(
                "wrong.json",
                Map.of(
                        "Resources",
                        Map.of("Queue", Map.of("Type", "AWS::SQS::Queue", "Properties", Map.of("Visibility", 1)))))));
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.text()).contains("E3002", "Visibility");
    }

    private Path written(String name, Map<String, Object> template) throws IOException {
        var file = folder.resolve(name);
        JSON.writeValue(file.toFile(), template);
        return file;
    }

    private ToolOutput lint(List<Path> templates) throws IOException {
        var command =
                new ArrayList<>(List.of(Linters.program("cfn-lint"), "--config-file", CONFIGURATION.toString(), "--"));
        templates.forEach(template -> command.add(template.toString()));
        return ToolOutput.of(Files.createFile(folder.resolve("nothing")), command);
    }
}
