package vowcheck.lambda.http;

/// A request whose content type is not JSON.
public final class UnsupportedMediaType extends RuntimeException {

    public UnsupportedMediaType(String contentType) {
        super("the content type is %s, expected application/json".formatted(contentType));
    }
}
