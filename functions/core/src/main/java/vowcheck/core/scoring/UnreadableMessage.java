package vowcheck.core.scoring;

/// A message of the queue cannot be read as a request, now or later.
public final class UnreadableMessage extends RuntimeException {

    /// @param message says what is wrong, without the message's content
    public UnreadableMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
