package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/// The processor time of a PostgreSQL server, from `/proc`: see proc_pid_stat(5).
final class ServerTime {

    /// What Linux counts in, whatever its own clock.
    private static final Duration TICK = Duration.ofMillis(10);

    /// Places of a line after the program's name, which may contain blanks.
    private static final int USER_MODE = 11;

    private static final int ENDED_USER_MODE = 13;

    private ServerTime() {}

    /// What all processes of the server have used so far, those included that have ended.
    ///
    /// @param data the folder of the server's files
    static Duration of(Path data) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        long ticks = ticks(postmaster, USER_MODE) + ticks(postmaster, ENDED_USER_MODE);
        var children = ProcessHandle.of(postmaster).orElseThrow().children().toList();
        for (var child : children) {
            ticks += ticks(child.pid(), USER_MODE);
        }
        return TICK.multipliedBy(ticks);
    }

    /// The sum of user and kernel mode, which stand side by side; 0 of a process that has just ended.
    private static long ticks(long pid, int place) throws IOException {
        try {
            var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[place]) + Long.parseLong(fields[place + 1]);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
