package vowcheck.lambda.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.adapters.json.JsonObject;

/// The answers to a small body that is no JSON object (400) or has a refused field (422). No answer repeats a value: it
/// may lead to a person.
public final class BodyFaults implements JsonFaults {

    public static final JsonFaults DISCREET = new BodyFaults();

    private BodyFaults() {}

    @Override
    public RuntimeException notAnObject(RuntimeException cause) {
        return new MalformedRequest("the body is not one JSON object, expected an object and nothing after it");
    }

    @Override
    public RuntimeException missing(String path, String expected) {
        return refused(path, "nothing", expected);
    }

    @Override
    public RuntimeException wrong(String path, @Nullable Object value, String expected) {
        return refused(path, kind(value), expected);
    }

    @Override
    public RuntimeException invalid(String path, RuntimeException cause) {
        return refused(path, "another value", String.valueOf(cause.getMessage()));
    }

    private static RuntimeException refused(String path, String received, String expected) {
        var error = new JsonObject()
                .with("pointer", "/" + path.replace('.', '/'))
                .with("received", received)
                .with("expected", expected);
        return new RequestRefused(new Problem(422, "Unprocessable Content", "fields are refused", List.of(error)));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "a string of %d characters".formatted(text.length());
            case Number _ -> "a number";
            case Boolean flag -> flag.toString();
            case Map<?, ?> _ -> "an object";
            default -> "an array";
        };
    }
}
