package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder that keeps one local system, `.local` unless `VOWCHECK_LOCAL` says otherwise.
record LocalFolder(Path path) {

    Path outputs() {
        return path.resolve("outputs.json");
    }

    Path operator() {
        return path.resolve("operator.properties");
    }

    Path logs() {
        return path.resolve("logs");
    }

    /// The process that the system hangs on; its start time follows it in the file.
    long localstackPid() {
        try {
            return Long.parseLong(
                    Files.readString(path.resolve("localstack.pid")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
