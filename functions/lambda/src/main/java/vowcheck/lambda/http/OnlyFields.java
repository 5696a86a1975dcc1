package vowcheck.lambda.http;

import java.util.List;
import java.util.function.Function;
import vowcheck.adapters.json.JsonDocument;

/// A body that has no other fields than the known ones: a misspelt one must not count as none.
public final class OnlyFields {

    private OnlyFields() {}

    /// Reads a value from a body. Throws [MalformedRequest] that says what is wrong: also for an unknown field, and
    /// where
    /// `reading` throws [IllegalArgumentException].
    public static <T> T read(String body, List<String> known, Function<JsonDocument, T> reading) {
        try {
            var json = JsonDocument.parse(body);
            if (!known.containsAll(json.names())) {
                throw new MalformedRequest(
                        "the body has the fields %s, expected only %s".formatted(json.names(), known));
            }
            return reading.apply(json);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequest(String.valueOf(e.getMessage()));
        }
    }
}
