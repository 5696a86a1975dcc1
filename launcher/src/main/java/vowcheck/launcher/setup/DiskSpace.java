package vowcheck.launcher.setup;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Recognizes a full disk, whichever program met it, and names the folder.
public final class DiskSpace {

    private static final int FULL_MB = 20;

    /// With more than this, no program fails for want of space, but perhaps for a quota.
    private static final int PLENTY_MB = 1000;

    private static final long BYTES_PER_MB = 1_000_000;

    private DiskSpace() {}

    /// Whether a folder's disk is as good as full.
    static boolean isFull(Path folder) {
        return freeMb(folder).filter(free -> free < FULL_MB).isPresent();
    }

    /// Whether a program or the JDK says that it is.
    public static boolean saysFull(String text) {
        return text.contains("No space left on device")
                || text.contains("ENOSPC")
                || text.contains("Disk quota exceeded");
    }

    /// What a user reads when something failed because the disk is full.
    ///
    /// @param logs the folder of the log files
    public static String sentence(String failed, Path logs) {
        return sentence(failed, written(logs));
    }

    /// Names the one of the folders that has the least space: programs remove what they could not complete, so it need
    /// not be full any more.
    static String sentence(String failed, List<Path> folders) {
        var place = folders.stream()
                .flatMap(folder -> freeMb(folder).map(free -> new Place(folder, free)).stream())
                .min(comparingLong(Place::freeMb))
                .filter(fullest -> fullest.freeMb() < PLENTY_MB)
                .map(fullest -> ", with %d MB free at %s".formatted(fullest.freeMb(), fullest.folder()))
                .orElse("");
        return ("%s failed because the disk is full%s: free some space (a first ./vowcheck up needs %d MB) and run it"
                        + " again, it continues")
                .formatted(failed, place, Prerequisites.INSTALLING_MB);
    }

    /// Where the programs that install and build write.
    private static List<Path> written(Path logs) {
        var home = Path.of(System.getProperty("user.home"));
        var chosen = Stream.of("UV_CACHE_DIR", "npm_config_cache", "XDG_CACHE_HOME")
                .map(name -> System.getenv().getOrDefault(name, ""))
                .filter(place -> !place.isEmpty())
                .map(Path::of);
        var usual = Stream.of(
                Tools.FOLDER,
                Path.of("").toAbsolutePath(),
                logs,
                home.resolve(".cache"),
                home.resolve(".npm"),
                home.resolve(".m2"),
                Path.of(System.getProperty("java.io.tmpdir")));
        return Stream.concat(usual, chosen).filter(Files::isWritable).toList();
    }

    /// Empty if there is no such folder.
    private static Optional<Long> freeMb(Path folder) {
        try {
            return Optional.of(Files.getFileStore(folder).getUsableSpace() / BYTES_PER_MB);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Place(Path folder, long freeMb) {}
}
