package vowcheck.adapters.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/// A small JSON object whose fields are read strictly: a field that is missing or of another type is
/// refused by name. Not for requests, which are read as a stream.
public final class JsonDocument {

    private final Map<String, Object> fields;

    private JsonDocument(Map<String, Object> fields) {
        this.fields = fields;
    }

    /// Parses a JSON object; throws [IllegalArgumentException] for anything else, without repeating the text,
    /// which may be a secret.
    public static JsonDocument parse(String json) {
        try {
            @Nullable Map<String, Object> fields = JSON.std.mapFrom(json); // null for a JSON null
            if (fields != null) {
                return new JsonDocument(fields);
            }
        } catch (JacksonException e) {
            // said below; the parser's own words would repeat the text
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /// Writes a map of texts, numbers, booleans, maps and lists; the order of a map's keys is kept.
    public static String write(Map<String, ?> fields) {
        return JSON.std.asString(fields);
    }

    /// Whether the field is there and not null.
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    /// A field that is a string.
    public String text(String field) {
        return value(field, String.class, "a string");
    }

    /// A field that is a number.
    public double number(String field) {
        return value(field, Number.class, "a number").doubleValue();
    }

    /// A field that is a whole number of 32 bits.
    public int integer(String field) {
        return value(field, Integer.class, "an integer");
    }

    public boolean flag(String field) {
        return value(field, Boolean.class, "true or false");
    }

    /// A field that is an object.
    public JsonDocument document(String field) {
        return new JsonDocument(asFields(value(field, Map.class, "an object")));
    }

    /// A field that is an array of objects.
    public List<JsonDocument> documents(String field) {
        List<JsonDocument> documents = new ArrayList<>();
        for (Object item : list(field)) {
            if (!(item instanceof Map)) {
                throw refused(field, item, "an array of objects");
            }
            documents.add(new JsonDocument(asFields(item)));
        }
        return documents;
    }

    /// A field that is an array of strings.
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(field)) {
            if (!(item instanceof String text)) {
                throw refused(field, item, "an array of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /// A field that is an array of numbers, as float32.
    public float[] floats(String field) {
        List<?> items = list(field);
        var floats = new float[items.size()];
        for (int i = 0; i < floats.length; i++) {
            if (!(items.get(i) instanceof Number number)) {
                throw refused(field, items.get(i), "an array of numbers");
            }
            floats[i] = number.floatValue();
        }
        return floats;
    }

    private List<?> list(String field) {
        return value(field, List.class, "an array");
    }

    private <T> T value(String field, Class<T> type, String expected) {
        @Nullable Object value = fields.get(field);
        if (!type.isInstance(value)) {
            throw refused(field, value, expected);
        }
        return type.cast(value);
    }

    private static IllegalArgumentException refused(String field, @Nullable Object value, String expected) {
        var came = value == null ? "nothing" : value.getClass().getSimpleName();
        return new IllegalArgumentException("the field %s is %s, expected %s".formatted(field, came, expected));
    }

    @SuppressWarnings("unchecked") // jackson-jr's maps have string keys
    private static Map<String, Object> asFields(Object map) {
        return (Map<String, Object>) map;
    }
}
