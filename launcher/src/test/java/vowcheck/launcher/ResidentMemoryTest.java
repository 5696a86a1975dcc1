package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidentMemoryTest {

    @ParameterizedTest
    @CsvSource({
        "localstack, /venv/bin/python -m localaws",
        "functions, /jdk/bin/java -cp /code com.amazonaws.services.lambda.runtime.api.client.AWSLambda ScoringHandler",
        "training, /jdk/bin/java -cp target/classes vowcheck.training.TrainingMain",
        "mlflow, /mlflow/bin/python /vowcheck/mlflow/start",
        "mlflow, /mlflow/bin/python -m uvicorn --factory mlflow.server.auth:create_app",
        "database, /tools/postgresql/bin/postgres -D /state/rds",
        "localstack, /postgres/venv/bin/python -m localaws"
    })
    void aProcessBelongsToAPartByItsCommandLine(String part, String commandLine) {
        assertThat(ResidentMemory.part(commandLine.replace(' ', '\0') + "\0")).isEqualTo(part);
    }

    @Test
    void aConnectionsProcessBelongsToTheDatabase() {
        assertThat(ResidentMemory.part("postgres: scoring vowcheck 127.0.0.1(40000) idle"))
                .isEqualTo("database");
    }

    @Test
    void theProportionalShareIsRead() {
        assertThat(ResidentMemory.proportionalKilobytes("""
                55e0-7ffe ---p 00000000 00:00 0 [rollup]
                Rss:              259004 kB
                Pss:              212345 kB
                Pss_Anon:         177000 kB
                """)).isEqualTo(212_345);
    }

    @Test
    void aProcessIsCountedWithWhatItStarted() throws IOException {
        var child = new ProcessBuilder("sleep", "60").start();
        try {
            var alone = ResidentMemory.ofSystem(child.pid());
            var both = ResidentMemory.ofSystem(ProcessHandle.current().pid());

            assertThat(alone.megabytesByPart()).containsOnlyKeys("localstack");
            assertThat(both.totalMegabytes()).isGreaterThan(alone.totalMegabytes());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void theTotalComesFirst() {
        assertThat(new ResidentMemory(Map.of("mlflow", 240L, "functions", 149L)))
                .hasToString("389 MB (functions 149, mlflow 240)");
    }
}
