package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleStatementTest {

    @Test
    void aTestsOwnStatementIsNotRecorded(@TempDir Path data) throws IOException {
        var log = Files.createDirectory(data.resolve("log")).resolve("one.json");
        Files.writeString(log, """
                {"user":"scoring","message":"execute <unnamed>: SELECT 1 FROM predictions"}
                {"user":"scoring","message":"execute <unnamed>: %sSELECT pg_sleep(3)"}
                {"user":"scoring","message":"statement: COMMIT"}
                {"user":"postgres","message":"statement: SELECT 2"}
                """.formatted(RoleStatement.OF_TEST));

        assertThat(RoleStatement.logged(data))
                .containsExactly(new RoleStatement("scoring", "SELECT 1 FROM predictions"));
    }
}
