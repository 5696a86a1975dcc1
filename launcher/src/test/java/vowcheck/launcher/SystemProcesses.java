package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes of a local system: whatever was started with its folder in its arguments or its settings.
final class SystemProcesses {

    private SystemProcesses() {}

    /// Command lines, by process.
    static List<String> of(Path local) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    var place = Path.of("/proc", String.valueOf(process.pid()));
                    return read(place.resolve("cmdline")).contains(local + "/")
                            || read(place.resolve("environ")).contains("=" + local + "/");
                })
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // it has just ended, or is somebody else's
        }
    }
}
