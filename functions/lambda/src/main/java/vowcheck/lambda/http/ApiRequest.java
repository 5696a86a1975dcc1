package vowcheck.lambda.http;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import vowcheck.adapters.json.MalformedRequest;

/// An HTTP request, as far as the handlers need it, read as a stream from the proxy event of a REST API.
///
/// @param method in upper case
/// @param path from the stage on, such as `/predict`
/// @param headers by their names in lower case
public record ApiRequest(String method, String path, Map<String, String> headers, String body) {

    /// The event's body is one string, up to the 6 MB that a function's event may have.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(8_000_000).build())
            .build();

    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    /// Names method and path only: headers and body hold keys and applicants' data.
    @Override
    public String toString() {
        return "ApiRequest[%s %s]".formatted(method, path);
    }

    /// Reads an event; throws [MalformedRequest] when its body is not UTF-8.
    public static ApiRequest read(InputStream event) {
        String method = "";
        String path = "";
        String body = "";
        boolean encoded = false;
        Map<String, String> headers = Map.of();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var field = parser.currentName();
                var token = parser.nextToken();
                switch (field) {
                    case "httpMethod" -> method = parser.getString().toUpperCase(Locale.ROOT);
                    case "path" -> path = parser.getString();
                    case "isBase64Encoded" -> encoded = token == JsonToken.VALUE_TRUE;
                    case "body" -> body = token == JsonToken.VALUE_NULL ? "" : parser.getString();
                    case "headers" -> headers = headers(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        return new ApiRequest(method, path, headers, encoded ? decoded(body) : body);
    }

    /// A header's value by its name in any case.
    public Optional<String> header(String name) {
        @Nullable String value = headers.get(name.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(value);
    }

    private static Map<String, String> headers(JsonParser parser) {
        var headers = new HashMap<String, String>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName().toLowerCase(Locale.ROOT);
                parser.nextToken();
                headers.put(name, parser.getString());
            }
        }
        return headers;
    }

    private static String decoded(String base64) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new MalformedRequest("the body is not UTF-8 text, expected JSON in UTF-8");
        }
    }
}
