package vowcheck.core.scoring;

/// A client chose an id that something else is stored under: other applications, or another client's. It does
/// not say which.
public final class RequestIdTaken extends RuntimeException {

    public RequestIdTaken() {
        super("the id belongs to another request");
    }
}
