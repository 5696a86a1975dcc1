package vowcheck.lambda.http;

/// A request with a longer body than Lambda passes to a function.
public final class BodyTooLarge extends RuntimeException {

    public BodyTooLarge(int mostCharacters) {
        super("the body has more than %d characters: send fewer instances at a time".formatted(mostCharacters));
    }
}
