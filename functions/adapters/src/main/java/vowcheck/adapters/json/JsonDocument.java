package vowcheck.adapters.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/// A small JSON object whose fields are read strictly: a field that is missing or of another type is refused by name.
/// Not for requests, which are read as a stream.
public final class JsonDocument {

    private final Map<String, Object> fields;

    private JsonDocument(Map<String, Object> fields) {
        this.fields = fields;
    }

    /// Parses a JSON object; throws [IllegalArgumentException] for anything else, without repeating the text, which
    /// may be a secret.
    public static JsonDocument parse(String json) {
        try {
            return new JsonDocument(JSON.std.mapFrom(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON object");
        }
    }

    /// Writes a map of texts, numbers, booleans, maps and lists; the order of a map's keys is kept.
    public static String write(Map<String, ?> fields) {
        return JSON.std.asString(fields);
    }

    /// Whether the field is there and not null.
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    public String text(String field) {
        return value(field, String.class, "a string");
    }

    public double number(String field) {
        return value(field, Number.class, "a number").doubleValue();
    }

    public int integer(String field) {
        return value(field, Integer.class, "an integer");
    }

    /// A field that is an array of objects.
    public List<JsonDocument> documents(String field) {
        return value(field, List.class, "an array of objects").stream()
                .map(item -> item instanceof Map ? new JsonDocument(asFields(item)) : refused(field, item, "objects"))
                .toList();
    }

    /// A field that is an array of numbers, as float32.
    public float[] floats(String field) {
        var values = value(field, List.class, "an array of numbers");
        var floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i) instanceof Number number
                    ? number.floatValue()
                    : JsonDocument.<Number>refused(field, values.get(i), "an array of numbers")
                            .floatValue();
        }
        return floats;
    }

    private <T> T value(String field, Class<T> type, String expected) {
        @Nullable Object value = fields.get(field);
        return type.isInstance(value) ? type.cast(value) : refused(field, value, expected);
    }

    private static <T> T refused(String field, @Nullable Object value, String expected) {
        var came = value == null ? "nothing" : value.getClass().getSimpleName();
        throw new IllegalArgumentException("the field %s is %s, expected %s".formatted(field, came, expected));
    }

    @SuppressWarnings("unchecked") // jackson-jr's maps have string keys
    private static Map<String, Object> asFields(Object map) {
        return (Map<String, Object>) map;
    }
}
