package vowcheck.lambda.http;

/// A request is answered with a problem that its handler has put into words itself.
public final class RequestRefused extends RuntimeException {

    private final transient Problem problem;

    public RequestRefused(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
