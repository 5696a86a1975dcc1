package vowcheck.training.search;

/// A recipe that cannot be fitted on a fold, or whose scores are no numbers.
final class TrialFailed extends RuntimeException {

    TrialFailed(String message) {
        super(message);
    }

    TrialFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
