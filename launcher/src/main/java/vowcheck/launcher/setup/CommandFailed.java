package vowcheck.launcher.setup;

/// A command that cannot do what was asked; the message is the one sentence that its user reads.
public class CommandFailed extends RuntimeException {

    public CommandFailed(String message) {
        super(message);
    }

    public CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
