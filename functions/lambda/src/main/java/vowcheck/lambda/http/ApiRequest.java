package vowcheck.lambda.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// The parts of an HTTP request that the handlers need, read from the proxy event of a REST API. Nothing in it is
/// percent-encoded. What is null or of another type than the event's format has it is absent.
///
/// @param method in upper case
/// @param resource the path as the API declares it, such as `/predictions/{request_id}`
/// @param pathParameters the path's values for the names in braces, decoded
/// @param query the parameters after the question mark, decoded; the last value of a repeated one
/// @param headers by their names in lower case
/// @param apiKey the API key, which API Gateway has verified; empty for a call that needs none
/// @param body stays in the event until a call reads it
public record ApiRequest(
        String method,
        String resource,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Map<String, String> headers,
        String apiKey,
        RequestBody body) {

    /// Lambda passes no larger event to a function.
    public static final int MOST_BODY_CHARACTERS = 6_000_000;

    /// A body in base64 is one string in the event, so the limit of strings is raised to it.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MOST_BODY_CHARACTERS)
                    .build())
            .build();

    public ApiRequest {
        pathParameters = Map.copyOf(pathParameters);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// Shows method and resource only: headers and body hold keys and applicants' data.
    @Override
    public String toString() {
        return "ApiRequest[%s %s]".formatted(method, resource);
    }

    /// Reads an event. Throws [MalformedRequest] when its body is not UTF-8 or it is no event at all, and
    /// [BodyTooLarge].
    public static ApiRequest read(byte[] event) {
        String method = "";
        String resource = "";
        String apiKey = "";
        var body = RequestBody.NONE;
        boolean encoded = false;
        Map<String, String> pathParameters = Map.of();
        Map<String, String> query = Map.of();
        Map<String, String> headers = Map.of();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var field = parser.currentName();
                var token = parser.nextToken();
                switch (field) {
                    case "httpMethod" -> method = parser.getString().toUpperCase(Locale.ROOT);
                    case "resource" -> resource = parser.getString();
                    case "pathParameters" -> pathParameters = texts(parser, as -> as, ApiRequest::percentDecoded);
                    case "queryStringParameters" -> query = texts(parser, as -> as, as -> as);
                    case "headers" -> headers = texts(parser, name -> name.toLowerCase(Locale.ROOT), as -> as);
                    case "requestContext" -> apiKey = apiKey(parser);
                    case "isBase64Encoded" -> encoded = token == JsonToken.VALUE_TRUE;
                    case "body" -> body = body(parser, event);
                    default -> parser.skipChildren();
                }
            }
        } catch (StreamConstraintsException e) {
            throw new BodyTooLarge(MOST_BODY_CHARACTERS);
        } catch (JacksonException e) {
            throw new MalformedRequest("the request did not come as an event of API Gateway");
        }
        if (event.length > MOST_BODY_CHARACTERS && body.length() > MOST_BODY_CHARACTERS) {
            throw new BodyTooLarge(MOST_BODY_CHARACTERS);
        }
        var decoded = encoded ? RequestBody.of(decoded(body.text())) : body;
        return new ApiRequest(method, resource, pathParameters, query, headers, apiKey, decoded);
    }

    /// A string is left where it is: the parser passes and checks it without building it.
    private static RequestBody body(JsonParser parser, byte[] event) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> RequestBody.NONE;
            case VALUE_STRING ->
                RequestBody.within(
                        event, Math.toIntExact(parser.currentTokenLocation().getByteOffset()) + 1);
            default -> RequestBody.of(parser.getString());
        };
    }

    /// A header's value; the case of its name does not matter.
    public Optional<String> header(String name) {
        @Nullable String value = headers.get(name.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(value);
    }

    /// The body, which must be JSON. A caller that names no content type is taken to send JSON. Throws
    /// [UnsupportedMediaType].
    public RequestBody json() {
        var contentType = header("Content-Type").orElse("application/json");
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals("application/json")) {
            throw new UnsupportedMediaType(mediaType);
        }
        return body;
    }

    /// The fields of an object that are texts; none for null.
    private static Map<String, String> texts(
            JsonParser parser, UnaryOperator<String> name, UnaryOperator<String> value) {
        var texts = new HashMap<String, String>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = name.apply(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(key, value.apply(parser.getString()));
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        return texts;
    }

    /// A REST API passes the values of a path as they came, `%5F` for `_`, but those of a query decoded. Decoding
    /// changes nothing in a value that a gateway has decoded already, unless the value contains a `%`; no valid one
    /// does. A value with a malformed escape stays as it is: nothing has such a name, which is the call's answer.
    private static String percentDecoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8); // a + is a space only in forms
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static String apiKey(JsonParser parser) {
        String apiKey = "";
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean identity = parser.currentName().equals("identity");
                parser.nextToken();
                if (identity) {
                    apiKey = texts(parser, as -> as, as -> as).getOrDefault("apiKey", "");
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        return apiKey;
    }

    /// A query parameter that is `true` or `false`; false if it is absent. Throws [InvalidParameter].
    public boolean flag(String parameter) {
        return switch (query.getOrDefault(parameter, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidParameter("the query parameter " + parameter, "true or false");
        };
    }

    /// A query parameter that is a whole number from 0 to 2,147,483,647; 0 if it is absent. Throws
    /// [InvalidParameter].
    public int wholeNumber(String parameter) {
        try {
            int number = Integer.parseInt(query.getOrDefault(parameter, "0"));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, like a negative number
        }
        throw new InvalidParameter("the query parameter " + parameter, "a whole number of 0 or more");
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
