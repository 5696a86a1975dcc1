package vowcheck.bench;

/// The measured function did not answer as it should: there is nothing to measure then.
final class FunctionFailed extends RuntimeException {

    FunctionFailed(String message) {
        super("the function failed: " + message);
    }

    FunctionFailed(String message, Throwable cause) {
        super("the function failed: " + message, cause);
    }
}
