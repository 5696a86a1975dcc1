package vowcheck.core.scoring;

/// A message of the queue holds no request that can be read, and never will.
public final class UnreadableMessage extends RuntimeException {

    /// @param message says what is wrong, without the message's content
    public UnreadableMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
