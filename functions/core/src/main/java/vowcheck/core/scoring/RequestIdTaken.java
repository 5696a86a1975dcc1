package vowcheck.core.scoring;

/// A client chose an id that belongs to another one of its requests: one with other applications, or by another call.
public final class RequestIdTaken extends RuntimeException {

    public RequestIdTaken() {
        super("the id belongs to another request of the client");
    }
}
