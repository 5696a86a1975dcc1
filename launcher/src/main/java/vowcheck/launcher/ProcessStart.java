package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// When processes started, as Linux states it: another process may get the pid later, but not with the same start.
/// `localaws/background.py` writes down the same for LocalStack.
final class ProcessStart {

    /// Fields of `/proc/PID/stat` after the name, which may contain blanks and ends with a bracket.
    private static final int STATE = 0;

    private static final int START_TIME = 19;
    private static final String ENDED = "Z";

    private ProcessStart() {}

    /// In the kernel's clock ticks; empty once the process has ended.
    static Optional<String> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields[STATE].equals(ENDED) ? Optional.empty() : Optional.of(fields[START_TIME]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
