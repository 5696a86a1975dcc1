package vowcheck.lambda.http;

/// A request whose body is not the JSON document that the call expects. The message says what was expected and is
/// answered to the caller.
public final class MalformedRequest extends RuntimeException {

    public MalformedRequest(String message) {
        super(message);
    }
}
