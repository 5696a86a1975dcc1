package vowcheck.lambda.http;

/// A call that needs an operator was made without a name and password, or with wrong ones.
public final class NotAnOperator extends RuntimeException {

    public NotAnOperator() {
        super("an operator's name and password are needed in the header Authorization (Basic)");
    }
}
