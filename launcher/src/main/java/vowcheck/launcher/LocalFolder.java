package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of one local system: `.local`, unless `VOWCHECK_LOCAL` names another. `localaws/background.py` names the
/// files of LocalStack: its process, its log and the ports. `./vowcheck down --wipe` deletes what the folder holds of
/// the system.
public record LocalFolder(Path path) {

    /// What `cdk deploy` says about the stacks.
    public Path outputs() {
        return path.resolve("outputs.json");
    }

    /// The generated login of the operator.
    public Path operator() {
        return path.resolve("operator.properties");
    }

    /// The output of each step.
    public Path logs() {
        return path.resolve("logs");
    }

    /// LocalStack's output.
    public Path localstackLog() {
        return logs().resolve("localstack.log");
    }

    /// Which programs LocalStack runs in place of containers.
    public Path images() {
        return path.resolve("images.json");
    }

    /// Where MLflow listens.
    public int mlflowPort() {
        return Integer.parseInt(read("mlflow-port"));
    }

    /// The pid of LocalStack, which starts and ends all other processes of the system.
    public long localstackPid() {
        return Long.parseLong(localstackProcess().split(" ", 2)[0]);
    }

    /// LocalStack's pid and start time, which no other process has.
    public String localstackProcess() {
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
