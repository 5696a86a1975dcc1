package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of one local system: `.local`, unless `VOWCHECK_LOCAL` names another. `localaws/background.py` names the
/// files of LocalStack: its process, its log and the ports. `./vowcheck down --wipe` deletes what the folder holds of
/// the system.
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

    /// LocalStack's output.
    Path localstackLog() {
        return logs().resolve("localstack.log");
    }

    /// Which programs LocalStack runs in place of containers.
    Path images() {
        return path.resolve("images.json");
    }

    int mlflowPort() {
        return Integer.parseInt(read("mlflow-port"));
    }

    /// The pid of LocalStack, which starts and ends all other processes of the system.
    long localstackPid() {
        return Long.parseLong(localstackProcess().split(" ", 2)[0]);
    }

    /// LocalStack's pid and start time, which no other process has.
    String localstackProcess() {
        return read("localstack.pid");
    }

    private String read(String file) {
        try {
            return Files.readString(path.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
