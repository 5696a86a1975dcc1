package vowcheck.core.workflow;

/// The record of an unconfirmed promotion is damaged. The message says what is wrong with it.
public final class UnreadablePromotion extends RuntimeException {

    public UnreadablePromotion(String message, Throwable cause) {
        super(message, cause);
    }
}
