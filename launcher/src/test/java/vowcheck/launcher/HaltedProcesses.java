package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Processes that are stopped until this is closed. They give a test time to break something at an exact moment.
public final class HaltedProcesses implements AutoCloseable {

    /// Columns of the kernel's table of TCP sockets.
    private static final int STATE = 3;

    private static final int QUEUES = 4;
    private static final int INODE = 9;
    private static final String ESTABLISHED = "01";

    private final List<ProcessHandle> processes;

    HaltedProcesses(List<ProcessHandle> processes) {
        assertThat(processes).isNotEmpty();
        this.processes = processes;
        processes.forEach(process -> SystemProcesses.signal("STOP", process.pid()));
    }

    /// All processes of one of the stage's functions.
    public static HaltedProcesses ofFunction(LocalSystem system, String name) {
        return new HaltedProcesses(SystemProcesses.ofFunction(system.folder(), name));
    }

    /// Waits until one of them has been called: one of its sockets has unread bytes.
    public void awaitCall() {
        await().atMost(LocalSystem.PATIENCE).until(() -> processes.stream().anyMatch(HaltedProcesses::hasUnreadBytes));
    }

    /// Kills them, as a crash would.
    public void kill() {
        processes.forEach(process -> {
            process.destroyForcibly();
            assertThat(process.onExit()).succeedsWithin(LocalSystem.PATIENCE);
        });
    }

    /// Continues those that are still alive.
    void resume() {
        processes.stream()
                .filter(ProcessHandle::isAlive)
                .forEach(process -> SystemProcesses.signal("CONT", process.pid()));
    }

    @Override
    public void close() {
        resume();
    }

    private static boolean hasUnreadBytes(ProcessHandle process) {
        var place = Path.of("/proc", String.valueOf(process.pid()));
        var sockets = sockets(place);
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(place.resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(socket -> socket[STATE].equals(ESTABLISHED) && sockets.contains(socket[INODE]))
                .anyMatch(socket -> !socket[QUEUES].endsWith(":00000000")); // sent:received
    }

    private static Set<String> sockets(Path place) {
        try (var files = Files.list(place.resolve("fd"))) {
            return files.map(HaltedProcesses::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
