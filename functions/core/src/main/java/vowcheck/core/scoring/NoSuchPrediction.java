package vowcheck.core.scoring;

/// Nothing is stored under an id, or nothing that the caller may see.
public final class NoSuchPrediction extends RuntimeException {

    public NoSuchPrediction() {
        super("no request of this client has the id");
    }
}
