package vowcheck.launcher.command;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import vowcheck.launcher.LocalFolder;

/// The second half of `./vowcheck`: `Main LOCAL_FOLDER BEGUN_EPOCH_SECONDS CALLER_FOLDER COMMAND ARGUMENT…`, run from
/// the root of the repository. The exit codes are those of [Commands].
public final class Main {

    private Main() {}

    /// Runs one command.
    public static void main(String[] arguments) {
        // By default, the JDK would send a POST again when a connection ends before the answer.
        System.setProperty("sun.net.http.retryPost", "false");
        var invocation = new Invocation(
                new LocalFolder(Path.of(arguments[0])),
                Path.of(arguments[2]),
                System.getenv(),
                InstantSource.system(),
                Instant.ofEpochSecond(Long.parseLong(arguments[1])),
                System.out,
                System.err);
        var command = Arrays.copyOfRange(arguments, 3, arguments.length);
        System.exit(Commands.only(command[0], invocation).execute(command));
    }
}
