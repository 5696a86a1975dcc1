package vowcheck.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Whether a local system runs.
///
/// @param endpoint where it answers; empty if it does not run
/// @param beingSetUpSince when the `./vowcheck up` that is at work began
public record RunState(Optional<URI> endpoint, Optional<Instant> beingSetUpSince) {

    private static final int CONNECT_MILLIS = 1000;

    /// A `./vowcheck` takes less time than this from its start to taking the lock, or waits for no other.
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /// Finds out now. A system that `down` is stopping does not run, although it may still answer; nor does one whose
    /// port another system has now.
    public static RunState of(LocalFolder folder) {
        var atWork = folder.lastCommand().filter(RunState::isAtWork);
        boolean stopping =
                atWork.filter(command -> command.name().equals("down")).isPresent();
        return new RunState(
                stopping || !folder.localstackLives()
                        ? Optional.empty()
                        : folder.endpoint().filter(RunState::answers),
                atWork.filter(command -> command.name().equals("up")).map(LastCommand::begun));
    }

    /// Whether it can be used.
    public boolean runs() {
        return endpoint.isPresent();
    }

    /// Why it cannot be used and what to do, in one sentence.
    public String sentence() {
        return beingSetUpSince
                .map(since -> "not ready yet: ./vowcheck up is at work since %s".formatted(onTheClock(since)))
                .orElse("not running: ./vowcheck up");
    }

    /// A time for people, by the clock of this machine.
    public static String onTheClock(Instant time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    private static boolean answers(URI endpoint) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// After a crash, another process may have the number.
    private static boolean isAtWork(LastCommand command) {
        return ProcessHandle.of(command.pid())
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(start, command.begun()).abs().compareTo(START_LIMIT) < 0)
                .isPresent();
    }

    /// The last `./vowcheck` that took the system's lock.
    ///
    /// @param name its command, such as `up`
    record LastCommand(String name, Instant begun, long pid) {}
}
