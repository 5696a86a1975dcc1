package vowcheck.adapters.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/// A JSON object to be written. Its fields keep the order in which they were added. Not thread-safe.
public final class JsonObject {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /// An object with these fields.
    public static JsonObject of(Map<String, ?> fields) {
        var object = new JsonObject();
        fields.forEach(object::with);
        return object;
    }

    /// Adds a field.
    ///
    /// @param value a text, a number, a boolean, a [JsonObject], a list of these, in which null may occur, or a map
    ///     of these by name
    public JsonObject with(String name, Object value) {
        fields.put(name, plain(value));
        return this;
    }

    /// Adds a field if there is a value for it.
    public JsonObject withPresent(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    /// Adds a list of texts if it has any.
    public JsonObject withAny(String name, List<String> texts) {
        return texts.isEmpty() ? this : with(name, texts);
    }

    /// The object as a map of texts, numbers, booleans, maps and lists, in its order.
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(fields);
    }

    /// The JSON text, in one line.
    public String json() {
        return JSON.std.asString(fields);
    }

    /// The JSON text in UTF-8.
    public byte[] utf8() {
        return json().getBytes(StandardCharsets.UTF_8);
    }

    /// Names the fields only: their values may be an applicant's data or a secret.
    @Override
    public String toString() {
        return "JsonObject" + fields.keySet();
    }

    private static Object plain(Object value) {
        return switch (value) {
            case JsonObject object -> object.fields;
            case List<?> list -> plain(list);
            case Map<?, ?> map -> plain(map);
            default -> value;
        };
    }

    private static Map<String, Object> plain(Map<?, ?> map) {
        var plain = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> plain.put((String) name, plain(value)));
        return plain;
    }

    private static List<@Nullable Object> plain(List<?> list) {
        var plain = new ArrayList<@Nullable Object>(list.size());
        for (@Nullable Object item : list) {
            plain.add(item == null ? null : plain(item));
        }
        return plain;
    }
}
