package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the handlers' answers in tests with the OpenAPI document: its operations, statuses, headers, content
/// types and schemas.
final class DocumentedAnswers {

    /// Headers that are not documented, since clients do not need them.
    private static final Set<String> USUAL = Set.of(
            "Content-Type",
            "Cache-Control",
            "Content-Security-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "Vary");

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.served().strict();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private DocumentedAnswers() {}

    /// Fails if the answer is not as documented.
    static void check(APIGatewayProxyRequestEvent request, APIGatewayProxyResponseEvent answer) {
        var call = request.getHttpMethod() + " " + request.getResource() + " " + answer.getStatusCode();
        var operation = operation(request);
        var response = operation.isMissingNode()
                ? unknownCall(answer.getStatusCode())
                : DOCUMENT.followed(operation.at("/responses/" + answer.getStatusCode()));

        assertThat(response.isMissingNode()).as(call + " is not documented").isFalse();
        var headers = new TreeSet<>(answer.getHeaders().keySet());
        headers.removeAll(USUAL);
        assertThat(response.path("headers").propertyNames()).as(call).containsAll(headers);
        if (request.getHttpMethod().equals("HEAD")) {
            assertThat(answer.getBody()).as(call).isEmpty();
        } else if (response.has("content")) {
            var type = answer.getHeaders().getOrDefault("Content-Type", "").split(";", 2)[0];
            assertThat(response.get("content").propertyNames()).as(call).contains(type);
            var schema = response.get("content").get(type).get("schema");
            var body = type.endsWith("json") ? JSON.readTree(answer.getBody()) : JSON.valueToTree(answer.getBody());
            assertThat(DOCUMENT.faults(schema, body)).as(call).isEmpty();
        }
        checkBody(call, operation, request, answer.getStatusCode());
    }

    /// A body that was scored must be as documented, and one whose features were refused must not.
    private static void checkBody(String call, JsonNode operation, APIGatewayProxyRequestEvent request, int status) {
        var schema = operation.at("/requestBody/content/application~1json/schema");
        boolean omitted = body(request).isEmpty()
                && !operation.at("/requestBody/required").asBoolean(false);
        if (!schema.isMissingNode() && !omitted && (status == 200 || status == 422)) {
            assertThat(faults(schema, body(request)).isEmpty()).as(call).isEqualTo(status == 200);
        }
    }

    private static List<String> faults(JsonNode schema, String body) {
        try {
            return OpenApiDocument.served().faults(schema, JSON.readTree(body));
        } catch (StreamReadException e) {
            return List.of("a field twice"); // which a schema cannot express
        }
    }

    private static JsonNode operation(APIGatewayProxyRequestEvent request) {
        return DOCUMENT.at("/paths")
                .path(request.getResource())
                .path(request.getHttpMethod().toLowerCase(Locale.ROOT));
    }

    private static JsonNode unknownCall(int status) {
        assertThat(status).isIn(404, 405);
        return DOCUMENT.at("/components/responses/" + (status == 404 ? "NotFound" : "MethodNotAllowed"));
    }

    private static String body(APIGatewayProxyRequestEvent request) {
        return Boolean.TRUE.equals(request.getIsBase64Encoded())
                ? new String(Base64.getDecoder().decode(request.getBody()), StandardCharsets.UTF_8)
                : Objects.requireNonNullElse(request.getBody(), "");
    }
}
