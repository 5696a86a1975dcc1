package vowcheck.lambda.http;

/// A call that needs an operator came without one, or with a wrong name or password.
public final class NotAnOperator extends RuntimeException {

    public NotAnOperator() {
        super("an operator's name and password are needed in the header Authorization (Basic)");
    }
}
