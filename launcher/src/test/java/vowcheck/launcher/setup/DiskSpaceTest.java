package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    /// A file system that never has space.
    private static final Path FULL = Path.of("/proc/self");

    @TempDir
    private Path folder;

    @Test
    void theFolderWithTheLeastSpaceIsNamed() {
        assertThat(DiskSpace.sentence("'npm'", List.of(folder.resolve("missing"), folder, FULL)))
                .isEqualTo(
                        "'npm' failed because the disk is full, with 0 MB free at /proc/self: free some space (a first"
                                + " ./vowcheck up needs 4000 MB) and run it again, it continues");
    }

    @Test
    void whereNoFolderIsKnownNoneIsNamed() {
        assertThat(DiskSpace.sentence("'npm'", List.of(folder.resolve("missing"))))
                .startsWith("'npm' failed because the disk is full: free some space");
    }

    @Test
    void aDiskWithoutSpaceIsFull() {
        assertThat(DiskSpace.isFull(FULL)).isTrue();
        assertThat(DiskSpace.isFull(folder.resolve("missing"))).isFalse();
    }
}
