package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;

/// A request that is wrong, or looks so.
///
/// @param status the status that the API must answer
/// @param title what is odd about it, in words or as it is written in the request
/// @param client the owner of the API key
record BadInput(int status, String title, String client, APIGatewayProxyRequestEvent request) {

    static final String CLERKS = "clerks";

    /// A request of the clerks' to a resource.
    static BadInput request(int status, String title, String method, String resource) {
        return new BadInput(
                status,
                title,
                CLERKS,
                ServiceInMemory.sample()
                        .withHttpMethod(method)
                        .withResource(resource)
                        .withPath(resource));
    }

    /// One application, as it is written here.
    static BadInput predict(int status, String title, String body) {
        return request(status, title, "POST", "/predict").body(body);
    }

    /// A good application but for this one field, as it is written here.
    static BadInput feature(int status, String field, String value) {
        var good = Events.text("request_1.json");
        var changed = good.replaceFirst("(?<=\"%s\": )\\d+".formatted(field), Matcher.quoteReplacement(value));
        return predict(status, "`\"%s\": %s`".formatted(field, shortened(value)), changed);
    }

    /// A batch, as it is written here.
    static BadInput batch(int status, String title, String body) {
        return request(status, title, "POST", "/batch_predict").body(body);
    }

    /// The rows of a request that was scored before.
    static BadInput predictions(int status, String title, String requestId) {
        var input = request(status, title, "GET", "/predictions/{request_id}");
        input.request.withPath("/predictions/" + requestId).withPathParameters(Map.of("request_id", requestId));
        return input;
    }

    BadInput body(String body) {
        return new BadInput(status, title, client, request.withBody(body).withIsBase64Encoded(false));
    }

    /// A body of these bytes, as API Gateway hands over what may not be text.
    BadInput bytes(byte[] body) {
        var encoded = Base64.getEncoder().encodeToString(body);
        return new BadInput(status, title, client, request.withBody(encoded).withIsBase64Encoded(true));
    }

    BadInput header(String name, String value) {
        return headers(Map.of(name, value));
    }

    BadInput headers(Map<String, String> more) {
        var headers = new HashMap<>(request.getHeaders());
        headers.putAll(more);
        return new BadInput(status, title, client, request.withHeaders(headers));
    }

    BadInput query(String name, String value) {
        return new BadInput(status, title, client, request.withQueryStringParameters(Map.of(name, value)));
    }

    BadInput by(String otherClient) {
        return new BadInput(status, title, otherClient, request);
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
