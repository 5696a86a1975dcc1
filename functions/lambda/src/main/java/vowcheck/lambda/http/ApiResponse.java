package vowcheck.lambda.http;

import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import vowcheck.adapters.json.JsonObject;

/// An HTTP answer, written as the proxy answer that API Gateway expects.
public record ApiResponse(int status, Map<String, String> headers, String body) {

    private static final JsonFactory JSON = new JsonFactory();

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /// A JSON answer.
    public static ApiResponse json(int status, JsonObject body) {
        return new ApiResponse(status, Map.of("Content-Type", "application/json"), body.json());
    }

    /// The same answer with one more header.
    public ApiResponse with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, more, body);
    }

    /// The same answer with that header, unless it already has it.
    public ApiResponse withDefault(String header, String value) {
        return headers.containsKey(header) ? this : with(header, value);
    }

    /// The same status and headers, as HEAD is answered.
    public ApiResponse withoutBody() {
        return new ApiResponse(status, headers, "");
    }

    /// Writes the proxy answer.
    public void write(OutputStream answer) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), answer)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", status);
            json.writeObjectPropertyStart("headers");
            headers.forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeStringProperty("body", body);
            json.writeEndObject();
        }
    }
}
