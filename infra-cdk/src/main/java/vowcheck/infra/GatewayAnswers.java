package vowcheck.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;

/// What API Gateway answers where it does not ask a function: problems as of RFC 9457, in our own words. Its
/// own would name internals, and `{"message":"Forbidden"}` for a missing key as for an unknown path.
final class GatewayAnswers {
    /// @param id the construct's id
    /// @param status 0 where the type stands for several; then API Gateway's own stays
    private record Answer(
            String id, ResponseType type, int status, String title, String detail, Map<String, String> headers) {}

    private static final List<Answer> ANSWERS = List.of(
            new Answer(
                    "Unauthorized",
                    ResponseType.UNAUTHORIZED,
                    401,
                    "Unauthorized",
                    "An operator's name and password are needed.",
                    // From here only: API Gateway renames this header in a function's answer, and no browser would ask.
                    Map.of("WWW-Authenticate", "'Basic realm=\"vowcheck\"'")),
            new Answer(
                    "AccessDenied",
                    ResponseType.ACCESS_DENIED,
                    403,
                    "Forbidden",
                    "The operator's role does not allow this call.",
                    Map.of()),
            new Answer(
                    "InvalidApiKey",
                    ResponseType.INVALID_API_KEY,
                    403,
                    "Forbidden",
                    "A valid API key is needed in the header x-api-key.",
                    Map.of()),
            new Answer(
                    "RequestTooLarge",
                    ResponseType.REQUEST_TOO_LARGE,
                    413,
                    "Content Too Large",
                    "The request is larger than 10 MB.",
                    Map.of()),
            new Answer(
                    "Throttled",
                    ResponseType.THROTTLED,
                    429,
                    "Too Many Requests",
                    "More requests than the limit allows at once. Try again in a moment.",
                    Map.of()),
            new Answer(
                    "QuotaExceeded",
                    ResponseType.QUOTA_EXCEEDED,
                    429,
                    "Too Many Requests",
                    "The API key's quota for today is used up.",
                    Map.of()),
            new Answer(
                    "ClientError",
                    ResponseType.DEFAULT_4_XX,
                    0,
                    "Request Refused",
                    "The request could not be handled as it was sent.",
                    Map.of()),
            new Answer(
                    "ServerError",
                    ResponseType.DEFAULT_5_XX,
                    0,
                    "Server Error",
                    "The service could not answer. Try again; no probability was given out.",
                    Map.of()));

    private GatewayAnswers() {}

    static void addTo(RestApi api) {
        for (var answer : ANSWERS) {
            var options = GatewayResponseOptions.builder()
                    .type(answer.type())
                    .templates(Map.of("application/json", problem(answer)));
            if (answer.status() != 0) {
                options.statusCode(String.valueOf(answer.status()));
            }
            if (!answer.headers().isEmpty()) {
                options.responseHeaders(answer.headers());
            }
            api.addGatewayResponse(answer.id(), options.build());
        }
    }

    private static String problem(Answer answer) {
        var status = answer.status() == 0 ? "" : "\"status\":" + answer.status() + ",";
        return "{\"type\":\"about:blank\",\"title\":\"" + answer.title() + "\"," + status + "\"detail\":\""
                + answer.detail() + "\"}";
    }
}
