package vowcheck.core.scoring;

/// No prediction with that id is stored, or none that the caller may see.
public final class NoSuchPrediction extends RuntimeException {

    public NoSuchPrediction() {
        super("no request of this client has the id");
    }
}
