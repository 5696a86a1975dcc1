package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// schemathesis reads the API's OpenAPI document, calls the system as documented and in ways that violate the document,
/// and checks every answer. VOWCHECK_SCHEMATHESIS is the path of its executable. It floods the log of predictions, so
/// it cannot share a system with the test that checks for drift.
@SecondSystem
@Order(2)
class DocumentedApiIT {

    private static final Path CONFIGURATION = Path.of("src/test/schemathesis/schemathesis.toml");

    @Test
    void everyAnswerIsAsDocumented(LocalSystem system) throws Exception {
        system.ensureUp("--quick");
        var output = system.folder().resolve("logs/schemathesis.log");

        int failed = schemathesis(system, output.toFile()).waitFor();

        var report = Files.readString(output);
        System.out.println(report.substring(Math.max(0, report.lastIndexOf("=== SUMMARY"))));
        assertThat(failed).as(report).isZero();
    }

    private static Process schemathesis(LocalSystem system, File output) throws Exception {
        var executable = Objects.requireNonNull(
                System.getenv("VOWCHECK_SCHEMATHESIS"),
                "the environment variable VOWCHECK_SCHEMATHESIS is not set, expected the path of schemathesis");
        var url = system.status().text("api_url");
        var builder = new ProcessBuilder(
                        executable,
                        "--config-file",
                        CONFIGURATION.toAbsolutePath().toString(),
                        "run",
                        url + "/openapi.json",
                        "--url",
                        url)
                .directory(LocalSystem.ROOT.resolve("launcher/target").toFile()) // where it leaves its own folders
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("VOWCHECK_API_KEY", system.status().text("api_key"));
        builder.environment().put("VOWCHECK_OPERATOR_USER", system.status().text("operator_user"));
        builder.environment().put("VOWCHECK_OPERATOR_PASSWORD", system.status().text("operator_password"));
        return builder.start();
    }
}
