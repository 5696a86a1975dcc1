package vowcheck.lambda;

import java.util.Optional;
import java.util.function.Predicate;
import vowcheck.core.scoring.ApiKeyId;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.BasicCredentials;
import vowcheck.lambda.http.InvalidParameter;
import vowcheck.lambda.http.NotAnOperator;

/// Tells who calls and what for: the client by its API key, which API Gateway has checked, and an operator by
/// Basic credentials beside it.
final class Callers {

    private static final String PROBE = "X-Probe";
    private static final String KEY = "Idempotency-Key";

    private final Predicate<BasicCredentials> operators;

    /// @param operators whether a name and password are an operator's
    Callers(Predicate<BasicCredentials> operators) {
        this.operators = operators;
    }

    /// The client's key.
    static ApiKeyId client(ApiRequest request) {
        return request.apiKeyId().isBlank() ? ApiKeyId.UNKNOWN : new ApiKeyId(request.apiKeyId());
    }

    /// The id that the client chose; empty when it chose none. Throws [InvalidParameter] for one that none
    /// can have.
    static Optional<RequestId> chosenId(ApiRequest request) {
        var key = request.header(KEY);
        if (key.isPresent() && !RequestId.isKey(key.get())) {
            throw new InvalidParameter("the header " + KEY, "16 to 50 characters of A-Z, a-z, 0-9, _ and -");
        }
        return key.map(RequestId::new);
    }

    /// Whether an operator calls. Credentials that are wrong are not taken for none: throws [NotAnOperator].
    boolean isOperator(ApiRequest request) {
        var credentials = request.header("Authorization").flatMap(BasicCredentials::read);
        if (credentials.isPresent() && !operators.test(credentials.get())) {
            throw new NotAnOperator();
        }
        return credentials.isPresent();
    }

    /// Where the applications of a request come from. Throws [NotAnOperator] when somebody else asks for a
    /// probe, and [InvalidParameter].
    RequestOrigin origin(ApiRequest request, RequestId requestId, Endpoint endpoint) {
        boolean operator = isOperator(request);
        var purpose = switch (request.header(PROBE).orElse("false")) {
            case "true" -> Purpose.PROBE;
            case "false" -> Purpose.APPLICATION;
            default -> throw new InvalidParameter("the header " + PROBE, "true or false");
        };
        if (purpose == Purpose.PROBE && !operator) {
            throw new NotAnOperator();
        }
        return new RequestOrigin(requestId, endpoint, purpose, client(request));
    }
}
