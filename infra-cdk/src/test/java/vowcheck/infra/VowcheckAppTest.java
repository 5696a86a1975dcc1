package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.deployment.ContextKey;

class VowcheckAppTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Java salts the order of `Map.of` and `Set.of` in each process. If it reached a template, every deployment
    /// would see a change and create a new API deployment.
    @Test
    void anotherProcessSynthesizesTheSameTemplates(@TempDir Path assembly) throws IOException, InterruptedException {
        var context = new HashMap<>(Synthesized.featureFlags());
        context.put("stage", "local");
        context.put("functions", Synthesized.FUNCTIONS);
        context.put("mlflowFunctions", Synthesized.MLFLOW_FUNCTIONS);
        context.put("trainingImage", Synthesized.IMAGE);
        context.put("mlflowImage", Synthesized.IMAGE);
        assertThat(synth(assembly, context).inheritIO().start().waitFor()).isZero();
        var here = Synthesized.of("local");
        assertThat(template(assembly, "Data")).isEqualTo(here.data());
        assertThat(template(assembly, "Service")).isEqualTo(here.service());
    }

    @Test
    void aRefusedSettingIsOneSentence(@TempDir Path assembly) throws IOException, InterruptedException {
        var process = synth(assembly, Map.of("stage", "prod", "allowedAdresses", "203.0.113.0/24"))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        // jsii may print a warning before it.
        assertThat(said.lines().filter(line -> line.startsWith("vowcheck: ")))
                .singleElement()
                .isEqualTo("vowcheck: there is no context key 'allowedAdresses': expected " + ContextKey.all());
        assertThat(said).doesNotContain("\tat ");
    }

    private static ProcessBuilder synth(Path assembly, Map<String, ?> context) throws IOException {
        var process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dstderr.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                VowcheckApp.class.getName());
        process.environment()
                .putAll(Map.of(
                        "CDK_OUTDIR", assembly.toString(),
                        "CDK_CONTEXT_JSON", JSON.writeValueAsString(context),
                        "CDK_VALIDATION", "false"));
        return process;
    }

    private static Object template(Path assembly, String stack) throws IOException {
        return JSON.readValue(assembly.resolve(stack + ".template.json").toFile(), Object.class);
    }
}
