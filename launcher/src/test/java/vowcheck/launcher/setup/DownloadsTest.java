package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the tools' own outputs say about how far they are.
class DownloadsTest {

    @TempDir
    private Path folder;

    @Test
    void uvNamesSizesAndWhatHasArrived() throws IOException {
        var log = log("""
                Downloading numpy (16.0MiB)
                Downloading botocore (512.0KiB)
                 Downloaded botocore
                Downloading scipy (32.0MiB)
                 Downloaded numpy
                """);

        assertThat(UvLog.downloaded(log)).isEqualTo("17 of 51 MB downloaded");
    }

    @Test
    void mavenNamesModulesAndWhatHasArrived() throws IOException {
        var log = log("""
                [INFO] Building vowcheck 0.1.0                                        [1/7]
                Downloaded from central: https://example.org/a.jar (1.5 MB at 3.0 MB/s)
                Downloaded from central: https://example.org/b.pom (500 kB at 80 kB/s)
                [INFO] Building vowcheck core: the domain 0.1.0                       [2/7]
                """);

        assertThat(MavenLog.progress(log)).isEqualTo("module 2 of 7, 2 MB downloaded");
    }

    @Test
    void nothingIsSaidBeforeThereIsOutput() {
        var missing = folder.resolve("missing.log");

        assertThat(UvLog.downloaded(missing)).isEmpty();
        assertThat(MavenLog.progress(missing)).isEmpty();
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("tool.log"), text);
    }
}
