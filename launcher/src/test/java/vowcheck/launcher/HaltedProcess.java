package vowcheck.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that does nothing until it is closed: by it, a test has time to break something at the very moment that
/// it wants.
final class HaltedProcess implements AutoCloseable {

    /// Columns of the kernel's table of TCP sockets.
    private static final int STATE = 3;

    private static final int QUEUES = 4;
    private static final int INODE = 9;
    private static final String ESTABLISHED = "01";

    private final ProcessHandle process;

    HaltedProcess(ProcessHandle process) {
        this.process = process;
        SystemProcesses.signal("STOP", process.pid());
    }

    /// Waits until somebody has called it: bytes lie in a socket of its, unread.
    void awaitCall() {
        await().atMost(LocalSystem.PATIENCE).until(this::hasUnreadBytes);
    }

    private boolean hasUnreadBytes() throws IOException {
        var sockets = sockets();
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(place().resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(socket -> socket[STATE].equals(ESTABLISHED) && sockets.contains(socket[INODE]))
                .anyMatch(socket -> !socket[QUEUES].endsWith(":00000000")); // sent:received
    }

    private Set<String> sockets() throws IOException {
        try (var files = Files.list(place().resolve("fd"))) {
            return files.map(HaltedProcess::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        }
    }

    private Path place() {
        return Path.of("/proc", String.valueOf(process.pid()));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it, as a crash would.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Lets it go on, if it still is.
    void resume() {
        if (process.isAlive()) {
            SystemProcesses.signal("CONT", process.pid());
        }
    }

    @Override
    public void close() {
        resume();
    }
}
