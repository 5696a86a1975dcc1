package vowcheck.bench;

/// The measured function did not answer as expected, so there is nothing to measure.
final class FunctionFailed extends RuntimeException {

    FunctionFailed(String message) {
        super("the function failed: " + message);
    }

    FunctionFailed(String message, Throwable cause) {
        super("the function failed: " + message, cause);
    }
}
