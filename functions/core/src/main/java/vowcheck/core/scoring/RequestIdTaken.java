package vowcheck.core.scoring;

/// A client chose an id that belongs to another request: one with other applications, or of another client. The
/// exception does not say which.
public final class RequestIdTaken extends RuntimeException {

    public RequestIdTaken() {
        super("the id belongs to another request");
    }
}
