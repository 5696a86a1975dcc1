package vowcheck.core.scoring;

/// A request was erased: wholly, or so much of it that the same answer cannot be given again.
public final class PredictionErased extends RuntimeException {

    private PredictionErased(String message) {
        super(message);
    }

    /// Nothing of the request is left to be shown.
    public static PredictionErased audited() {
        return new PredictionErased("the prediction with this id was erased");
    }

    /// The request was repeated by its client.
    public static PredictionErased repeated() {
        return new PredictionErased("the request with this Idempotency-Key was erased, wholly or in part, and is not"
                + " scored again: to have an application scored anew, choose a new key");
    }
}
