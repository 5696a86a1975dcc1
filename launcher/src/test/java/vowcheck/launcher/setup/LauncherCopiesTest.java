package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LauncherCopiesTest {

    @TempDir
    private Path folder;

    private Path target;
    private LauncherCopies copies;

    @BeforeEach
    void whatMavenHasBuilt() throws IOException {
        target = folder.resolve("target");
        Files.createDirectories(target.resolve("lib"));
        copies = new LauncherCopies(folder.resolve("copies"));
    }

    @Test
    void theNewestBuildIsCurrent() throws IOException {
        keep("one");
        keep("two");

        assertThat(folder.resolve("copies/current")).hasContent("two");
        assertThat(folder.resolve("copies/two/vowcheck-launcher.jar")).hasContent("two");
        assertThat(folder.resolve("copies/two/lib/core.jar")).hasContent("two");
    }

    @Test
    void aBuildOfTheSameSourcesChangesNothing() throws IOException {
        keep("one");
        Files.writeString(target.resolve("vowcheck-launcher.jar"), "built again");
        copies.keep("one", target);

        assertThat(folder.resolve("copies/one/vowcheck-launcher.jar")).hasContent("one");
    }

    /// The script compares the time of `current` with that of the classes.
    @Test
    void aBuildOfFormerSourcesIsTheNewestAgain() throws IOException {
        keep("one");
        var archived = Files.getLastModifiedTime(folder.resolve("copies/one/vowcheck-launcher.jar"));
        keep("two");
        Files.setLastModifiedTime(folder.resolve("copies/current"), FileTime.from(Instant.EPOCH));

        keep("one");

        assertThat(folder.resolve("copies/current")).hasContent("one");
        assertThat(Files.getLastModifiedTime(folder.resolve("copies/current"))).isGreaterThanOrEqualTo(archived);
        assertThat(Files.getLastModifiedTime(folder.resolve("copies/one/vowcheck-launcher.jar")))
                .isEqualTo(archived);
    }

    @Test
    void whatARunningProgramUsesStaysUntilItHasEnded() throws Exception {
        keep("one");
        var follows = new ProcessBuilder(
                        "tail", "-f", folder.resolve("copies/one/lib/core.jar").toString())
                .start();
        try {
            keep("two");
            keep("three");
            keep("four");

            assertThat(folder.resolve("copies/one/lib/core.jar")).hasContent("one");
            assertThat(folder.resolve("copies/two")).doesNotExist();
        } finally {
            follows.destroyForcibly().waitFor();
        }

        keep("five");
        assertThat(folder.resolve("copies/one")).doesNotExist();
    }

    @Test
    void whatAKilledBuildHasLeftIsReplaced() throws IOException {
        Files.createDirectories(folder.resolve("copies/part/lib"));

        keep("one");

        assertThat(folder.resolve("copies")).isDirectoryNotContaining(file -> file.endsWith("part"));
        assertThat(folder.resolve("copies/one/lib/core.jar")).hasContent("one");
    }

    private void keep(String build) throws IOException {
        Files.writeString(target.resolve("vowcheck-launcher.jar"), build);
        Files.writeString(target.resolve("lib/core.jar"), build);
        copies.keep(build, target);
    }
}
