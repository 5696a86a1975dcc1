package vowcheck.lambda.http;

/// A request is refused with a problem that the call itself describes.
public final class RequestRefused extends RuntimeException {

    private final transient Problem problem;

    public RequestRefused(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /// @param cause for the log, if the problem is one of ours
    public RequestRefused(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
