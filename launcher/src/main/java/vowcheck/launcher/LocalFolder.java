package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The folder of one local system: `.local`, unless `VOWCHECK_LOCAL` names another. `localaws/background.py` names the
/// files of LocalStack: its process, its log and the ports. `./vowcheck down --wipe` deletes what the folder holds of
/// the system.
public record LocalFolder(Path path) {

    /// The outputs of the deployed stacks.
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

    /// What ran in Step Functions when LocalStack was stopped; `localaws/ended_executions.py` names the file.
    Path endedExecutions() {
        return path.resolve("state").resolve("ended-executions.json");
    }

    /// Which programs LocalStack runs in place of containers.
    public Path images() {
        return path.resolve("images.json");
    }

    /// Where AWS's services answer while the system runs; empty if it was never started.
    public Optional<URI> endpoint() {
        return Files.exists(path.resolve("port"))
                ? Optional.of(URI.create("http://127.0.0.1:" + read("port")))
                : Optional.empty();
    }

    /// Whether a system was ever started here.
    public boolean hasSystem() {
        return endpoint().isPresent();
    }

    /// The last command that took the system's lock, as the script `vowcheck` has written it; empty if there was none,
    /// or an earlier script took it.
    Optional<RunState.LastCommand> lastCommand() {
        if (!Files.exists(path.resolve("lock"))) {
            return Optional.empty();
        }
        var words = read("lock").split(" ", -1);
        return words.length == 3
                ? Optional.of(new RunState.LastCommand(
                        words[0], Instant.ofEpochSecond(Long.parseLong(words[1])), Long.parseLong(words[2])))
                : Optional.empty();
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

    /// Whether LocalStack's process lives. Once it has ended, another system's LocalStack may have its port.
    boolean localstackLives() {
        if (!Files.exists(path.resolve("localstack.pid"))) {
            return false;
        }
        var words = localstackProcess().split(" ", -1);
        return words.length == 2
                && ProcessStart.of(Long.parseLong(words[0]))
                        .filter(words[1]::equals)
                        .isPresent();
    }

    private String read(String file) {
        try {
            return Files.readString(path.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
