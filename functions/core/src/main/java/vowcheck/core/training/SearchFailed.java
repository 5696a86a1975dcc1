package vowcheck.core.training;

/// A search for a recipe of which no trial could be fitted.
public final class SearchFailed extends RuntimeException {

    public SearchFailed(String message) {
        super(message);
    }
}
