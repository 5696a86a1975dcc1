package vowcheck.lambda.http;

/// A batch with more instances than one request may have.
public final class TooManyInstances extends RuntimeException {

    public TooManyInstances(int limit) {
        super("this call takes at most %d instances: send the rest in another request".formatted(limit));
    }
}
