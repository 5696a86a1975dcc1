package vowcheck.lambda.http;

/// A request whose body is declared to be something else than JSON.
public final class UnsupportedMediaType extends RuntimeException {

    public UnsupportedMediaType(String contentType) {
        super("the content type is %s, expected application/json".formatted(contentType));
    }
}
