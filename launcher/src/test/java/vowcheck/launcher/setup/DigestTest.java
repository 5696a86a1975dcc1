package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"target", "node_modules", "cdk.out", "__pycache__", ".idea"})
    void whatToolsGenerateBesideTheSourcesDoesNotCount(String generated) throws IOException {
        Files.writeString(folder.resolve("source"), "");
        var before = digest();

        Files.createFile(Files.createDirectory(folder.resolve(generated)).resolve("file"));

        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void aNewSourceCounts() throws IOException {
        var before = digest();

        Files.createFile(folder.resolve("source"));

        assertThat(digest()).isNotEqualTo(before);
    }

    private String digest() throws IOException {
        return new Digest().files(folder).hex();
    }
}
