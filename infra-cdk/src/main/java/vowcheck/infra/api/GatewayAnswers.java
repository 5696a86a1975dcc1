package vowcheck.infra.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;

/// What API Gateway answers when it does not invoke a function: problem details as in RFC 9457. Its own answers
/// name internals, and say `{"message":"Forbidden"}` both for a missing key and for an unknown path.
final class GatewayAnswers {
    /// The headers of every such answer. The templates' key stays `application/json`, the only one that API
    /// Gateway's documentation shows; the header gives the body's actual type. The request id is the access log's.
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "'application/problem+json'", "X-Request-Id", "context.requestId");

    /// @param id the construct's id
    /// @param status 0 if the type stands for several statuses; API Gateway's own then stays
    /// @param headers in addition to those of every answer
    private record Answer(
            String id, ResponseType type, int status, String title, String detail, Map<String, String> headers) {
        Answer(String id, ResponseType type, int status, String title, String detail) {
            this(id, type, status, title, detail, Map.of());
        }
    }

    private static final List<Answer> ANSWERS = List.of(
            new Answer(
                    "Unauthorized",
                    ResponseType.UNAUTHORIZED,
                    401,
                    "Unauthorized",
                    "An operator's name and password are needed.",
                    // Only possible here: API Gateway renames this header in a function's answer, and a browser
                    // would not ask for the password.
                    Map.of("WWW-Authenticate", "'Basic realm=\"vowcheck\"'")),
            new Answer(
                    "AccessDenied",
                    ResponseType.ACCESS_DENIED,
                    403,
                    "Forbidden",
                    "The call is not allowed from this address, with this signature, or in this operator's role."),
            new Answer(
                    "InvalidApiKey",
                    ResponseType.INVALID_API_KEY,
                    403,
                    "Forbidden",
                    "A valid API key is needed in the header x-api-key."),
            new Answer(
                    "MissingSignature",
                    ResponseType.MISSING_AUTHENTICATION_TOKEN,
                    403,
                    "Forbidden",
                    "The request must be signed with AWS Signature Version 4."),
            new Answer("NotFound", ResponseType.RESOURCE_NOT_FOUND, 404, "Not Found", "Nothing is at this path."),
            new Answer(
                    "RequestTooLarge",
                    ResponseType.REQUEST_TOO_LARGE,
                    413,
                    "Content Too Large",
                    "The request is larger than 6 MB: send the applications in several requests of at most 10,000."),
            new Answer(
                    "UnsupportedMediaType",
                    ResponseType.UNSUPPORTED_MEDIA_TYPE,
                    415,
                    "Unsupported Media Type",
                    "The body must be of the content type application/json."),
            new Answer(
                    "Throttled",
                    ResponseType.THROTTLED,
                    429,
                    "Too Many Requests",
                    "More requests than the limit allows at once. Try again in a moment.",
                    Map.of("Retry-After", "'1'")),
            new Answer(
                    "QuotaExceeded",
                    ResponseType.QUOTA_EXCEEDED,
                    429,
                    "Too Many Requests",
                    "The API key's quota for today is used up. It is renewed at midnight UTC."),
            authorizerFailed("AuthorizerFailed", ResponseType.AUTHORIZER_FAILURE),
            authorizerFailed("AuthorizerUnreachable", ResponseType.AUTHORIZER_CONFIGURATION_ERROR),
            new Answer(
                    "ClientError",
                    ResponseType.DEFAULT_4_XX,
                    0,
                    "Request Refused",
                    "The request could not be handled as it was sent."),
            new Answer(
                    "ServerError",
                    ResponseType.DEFAULT_5_XX,
                    0,
                    "Server Error",
                    "The service could not answer. Try again; no probability was given out."));

    private GatewayAnswers() {}

    /// The authorizer threw something else than a refusal: the operators' secret cannot be used.
    private static Answer authorizerFailed(String id, ResponseType type) {
        return new Answer(
                id,
                type,
                503,
                "Service Unavailable",
                "names and passwords cannot be checked now: try again later",
                Map.of("Retry-After", "'5'"));
    }

    static void addTo(RestApi api) {
        for (var answer : ANSWERS) {
            var headers = new TreeMap<>(HEADERS);
            headers.putAll(answer.headers());
            var options = GatewayResponseOptions.builder()
                    .type(answer.type())
                    .responseHeaders(headers)
                    .templates(Map.of("application/json", problem(answer)));
            if (answer.status() != 0) {
                options.statusCode(String.valueOf(answer.status()));
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
