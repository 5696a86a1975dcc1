package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Recognizes a full disk, whichever program met it.
public final class DiskSpace {

    private static final int FULL_MB = 20;

    private DiskSpace() {}

    /// Whether a folder's disk is as good as full.
    static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < FULL_MB * 1_000_000L;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a program or the JDK says that it is.
    public static boolean saysFull(String text) {
        return text.contains("No space left on device")
                || text.contains("ENOSPC")
                || text.contains("Disk quota exceeded");
    }

    /// What a user reads when something failed because the disk is full.
    public static String sentence(String failed) {
        return ("%s failed because the disk is full: free some space (a first ./vowcheck up needs %d MB) and run it"
                        + " again, it continues")
                .formatted(failed, Prerequisites.INSTALLING_MB);
    }
}
