package vowcheck.lambda;

import java.util.Optional;
import java.util.function.Function;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.InvalidParameter;
import vowcheck.lambda.http.NotAnOperator;

/// Identifies who makes a request and for which purpose: the client by its API key, which API Gateway has checked,
/// and a person by Basic credentials.
final class CallerIdentification {

    private static final String PROBE = "X-Probe";
    private static final String KEY = "Idempotency-Key";

    private final Function<BasicCredentials, Optional<OperatorRole>> roles;

    /// @param roles the role of the person with a name and password; empty for a wrong pair
    CallerIdentification(Function<BasicCredentials, Optional<OperatorRole>> roles) {
        this.roles = roles;
    }

    /// The client that the request's API key was made for.
    static ClientName client(ApiRequest request) {
        return ApiKey.of(request.apiKey()).map(ApiKey::client).orElse(ClientName.UNKNOWN);
    }

    /// The role of the person who makes the request; empty without credentials. Wrong credentials are not the same as
    /// none: throws [NotAnOperator].
    Optional<OperatorRole> person(ApiRequest request) {
        return request.header("Authorization")
                .flatMap(BasicCredentials::of)
                .map(credentials -> roles.apply(credentials).orElseThrow(NotAnOperator::new));
    }

    /// The origin of a request's applications, with the id that the client chose or else `requestId`. Throws
    /// [NotAnOperator] when anyone but an operator asks for a probe, and [InvalidParameter] for a malformed header.
    RequestOrigin origin(ApiRequest request, RequestId requestId, Endpoint endpoint) {
        var id = chosenId(request).orElse(requestId);
        var person = person(request);
        var purpose = switch (request.header(PROBE).orElse("false")) {
            case "true" -> Purpose.PROBE;
            case "false" -> Purpose.APPLICATION;
            default -> throw new InvalidParameter("the header " + PROBE, "true or false");
        };
        if (purpose == Purpose.PROBE && !person.equals(Optional.of(OperatorRole.OPERATOR))) {
            throw new NotAnOperator();
        }
        return new RequestOrigin(id, endpoint, purpose, client(request));
    }

    private static Optional<RequestId> chosenId(ApiRequest request) {
        var key = request.header(KEY);
        if (key.isPresent() && !RequestId.isKey(key.get())) {
            throw new InvalidParameter("the header " + KEY, "16 to 50 characters of A-Z, a-z, 0-9, _ and -");
        }
        return key.map(RequestId::new);
    }
}
