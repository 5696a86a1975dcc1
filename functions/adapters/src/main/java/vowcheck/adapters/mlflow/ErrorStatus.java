package vowcheck.adapters.mlflow;

/// One attempt was answered with an error status.
final class ErrorStatus extends RuntimeException {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final int status;
    private final String body;

    ErrorStatus(int status, String body) {
        super("status " + status);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    /// Whether MLflow accepted the login and refused the call itself, so that it refuses it again.
    boolean isRefusal() {
        return !isTransient() && !isUnauthorized();
    }

    /// Whether MLflow did not accept the login.
    boolean isUnauthorized() {
        return status == UNAUTHORIZED;
    }

    /// Whether a later attempt may succeed.
    boolean isTransient() {
        return status >= 500 || status == TOO_MANY_REQUESTS;
    }
}
