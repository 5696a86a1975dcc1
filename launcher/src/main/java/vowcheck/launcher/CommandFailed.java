package vowcheck.launcher;

/// A command that cannot do what was asked; the message is the one sentence that its user reads.
final class CommandFailed extends RuntimeException {

    CommandFailed(String message) {
        super(message);
    }

    CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
