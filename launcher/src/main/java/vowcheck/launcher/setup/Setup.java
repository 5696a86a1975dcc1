package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// The first half of `./vowcheck`: `Setup LOCAL_FOLDER BEGUN_EPOCH_SECONDS PYTHON PURPOSE`, run from the root of the
/// repository. The purpose is `up`, `test`, `test-all` or `bench`; exit code 0 when the machine has everything that it
/// needs.
public final class Setup {

    private Setup() {}

    /// A failure is one sentence on the error output and exit code 1.
    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]), Instant.ofEpochSecond(Long.parseLong(arguments[1])), arguments[2], arguments[3]);
        } catch (IOException | RuntimeException e) {
            System.err.println("vowcheck: " + (e instanceof CommandFailed ? e.getMessage() : e.toString()));
            System.exit(1);
        }
    }

    private static void run(Path local, Instant begun, String python, String purpose) throws IOException {
        Prerequisites.check(local, Files.isDirectory(Tools.FOLDER.resolve("venv")));
        var progress = new Progress(System.out, InstantSource.system(), begun);
        var installation = new Installation(Tools.FOLDER, python, new LoggedCommands(local.resolve("logs")), progress);
        if (purpose.equals("test-all")) {
            installation.browser();
        }
        if (purpose.equals("bench")) {
            installation.forBench();
            return;
        }
        installation.forSystem();
        if (!purpose.equals("up")) {
            installation.forTests();
        }
    }
}
