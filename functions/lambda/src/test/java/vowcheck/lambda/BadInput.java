package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import vowcheck.core.clients.ClientName;

/// A request that is invalid, or unusual.
///
/// @param status the status that the API must answer
/// @param title what is unusual about it, in words or as in the request
/// @param client the owner of the API key
record BadInput(int status, String title, ClientName client, APIGatewayProxyRequestEvent request) {

    /// A request of the clerks to a resource.
    static BadInput request(int status, String title, String method, String resource) {
        return new BadInput(
                status,
                title,
                ClientName.CLERKS,
                ServiceInMemory.sample()
                        .withHttpMethod(method)
                        .withResource(resource)
                        .withPath(resource));
    }

    /// A call of `/predict` with this body.
    static BadInput predict(int status, String title, String body) {
        return request(status, title, "POST", "/predict").body(body);
    }

    /// A call of `/predict` with a valid application, except for this field and its value.
    static BadInput feature(int status, String field, String value) {
        var good = Events.text("request_1.json");
        var changed = good.replaceFirst("(?<=\"%s\": )\\d+".formatted(field), Matcher.quoteReplacement(value));
        return predict(status, "`\"%s\": %s`".formatted(field, shortened(value)), changed);
    }

    /// A call of `/batch_predict` with this body.
    static BadInput batch(int status, String title, String body) {
        return request(status, title, "POST", "/batch_predict").body(body);
    }

    /// A call for the stored predictions of a request.
    static BadInput predictions(int status, String title, String requestId) {
        var input = request(status, title, "GET", "/predictions/{request_id}");
        input.request.withPath("/predictions/" + requestId).withPathParameters(Map.of("request_id", requestId));
        return input;
    }

    BadInput body(String body) {
        return new BadInput(status, title, client, request.withBody(body).withIsBase64Encoded(false));
    }

    /// The same request with these bytes as its body, encoded as API Gateway encodes binary bodies.
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
        return new BadInput(status, title, new ClientName(otherClient), request);
    }

    static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
