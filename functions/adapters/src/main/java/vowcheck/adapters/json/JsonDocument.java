package vowcheck.adapters.json;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.jr.ob.JSON;

/// A small JSON object whose fields are read strictly: a field that is missing or of another type is refused with
/// the path that leads to it, by an exception of [JsonFaults]. Not for requests, which are read as a stream.
public final class JsonDocument {

    private static final JsonFactory JACKSON = new JsonFactory();

    private final String path;
    private final Map<String, Object> fields;
    private final JsonFaults faults;

    private JsonDocument(String path, Map<String, Object> fields, JsonFaults faults) {
        this.path = path;
        this.fields = fields;
        this.faults = faults;
    }

    /// Parses a JSON object; throws [IllegalArgumentException] for anything else. No message repeats the text, which
    /// may be a secret.
    public static JsonDocument parse(String json) {
        return parse(json, JsonFaults.DISCREET);
    }

    /// Parses a JSON object in UTF-8, UTF-16 or UTF-32, with a byte order mark or without one; throws
    /// [IllegalArgumentException] for anything else.
    public static JsonDocument parse(byte[] encoded) {
        return parse(encoded, JsonFaults.DISCREET);
    }

    /// Parses a JSON object that nothing follows.
    ///
    /// @param faults makes the exceptions of this document
    public static JsonDocument parse(String json, JsonFaults faults) {
        return parse(() -> JACKSON.createParser(ObjectReadContext.empty(), json), faults);
    }

    /// Parses a JSON object in one of these encodings that nothing follows.
    ///
    /// @param faults makes the exceptions of this document
    public static JsonDocument parse(byte[] encoded, JsonFaults faults) {
        return parse(() -> JACKSON.createParser(ObjectReadContext.empty(), encoded), faults);
    }

    private static JsonDocument parse(Supplier<JsonParser> source, JsonFaults faults) {
        try (var parser = source.get()) {
            @Nullable Map<String, Object> fields = JSON.std.mapFrom(parser); // null for a JSON null
            if (fields == null) {
                throw faults.notAnObject(new IllegalArgumentException("it is null"));
            }
            if (parser.nextToken() != null) {
                throw faults.notAnObject(new IllegalArgumentException("more text follows the object"));
            }
            return new JsonDocument("", fields, faults);
        } catch (JacksonException e) {
            throw faults.notAnObject(e);
        }
    }

    /// The document of a value that another reader made: maps, lists, texts, numbers, booleans and null, as of JSON.
    ///
    /// @param faults makes the exceptions of this document
    public static JsonDocument of(@Nullable Object value, JsonFaults faults) {
        if (value instanceof Map<?, ?> map) {
            return new JsonDocument("", asFields(map), faults);
        }
        throw faults.notAnObject(new IllegalArgumentException("it is another value"));
    }

    /// Whether the field is there and not null.
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    /// The names of the fields, in the document's order.
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /// A field that is a string.
    public String text(String field) {
        return value(field, String.class, "a string");
    }

    /// A field that is a finite number.
    public double number(String field) {
        double number = value(field, Number.class, "a finite number").doubleValue();
        if (!Double.isFinite(number)) {
            throw faults.wrong(pathOf(field), number, "a finite number");
        }
        return number;
    }

    /// A field that is a whole number of 32 bits.
    public int integer(String field) {
        return value(field, Integer.class, "a whole number of 32 bits");
    }

    /// A field that is a whole number of 64 bits.
    public long longInteger(String field) {
        return switch (present(field, "a whole number of 64 bits")) {
            case Integer number -> number;
            case Long number -> number;
            case Object other -> throw faults.wrong(pathOf(field), other, "a whole number of 64 bits");
        };
    }

    /// A field of any type but null.
    public Object any(String field) {
        return any(field, "a value");
    }

    /// A field of any type but null.
    ///
    /// @param expected what it should be, in words
    public Object any(String field, String expected) {
        return present(field, expected);
    }

    /// Refuses any other text in a field than the expected one.
    public void require(String field, String expected) {
        var text = text(field);
        if (!text.equals(expected)) {
            throw faults.wrong(pathOf(field), text, "'%s'".formatted(expected));
        }
    }

    /// The exception for a field whose value is of the right type and yet wrong.
    ///
    /// @param field the name, perhaps with an index, such as `edges[3]`
    public RuntimeException wrong(String field, Object value, String expected) {
        return faults.wrong(pathOf(field), value, expected);
    }

    /// The exception for this object, of which no valid value can be made.
    public RuntimeException invalid(RuntimeException cause) {
        return faults.invalid(path, cause);
    }

    /// A field that is true or false.
    public boolean flag(String field) {
        return value(field, Boolean.class, "true or false");
    }

    /// A field that is a date of ISO 8601, such as `2025-05-01`.
    public LocalDate date(String field) {
        var text = text(field);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw faults.wrong(pathOf(field), text, "a date");
        }
    }

    /// What `type` makes of a field that is a string; the field is named where `type` throws
    /// [IllegalArgumentException].
    public <T> T value(String field, Function<String, T> type) {
        var text = text(field);
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw faults.invalid(pathOf(field), e);
        }
    }

    /// What `type` makes of this object; its path is named where `type` throws [IllegalArgumentException].
    public <T> T valid(Supplier<T> type) {
        try {
            return type.get();
        } catch (IllegalArgumentException e) {
            throw faults.invalid(path, e);
        }
    }

    /// A field that is an object.
    public JsonDocument document(String field) {
        return new JsonDocument(pathOf(field), asFields(value(field, Map.class, "an object")), faults);
    }

    /// A field that is an array of objects.
    public List<JsonDocument> documents(String field) {
        var documents = new ArrayList<JsonDocument>();
        for (Object map : items(field, Map.class, "an array of objects")) {
            var itemPath = "%s[%d]".formatted(pathOf(field), documents.size());
            documents.add(new JsonDocument(itemPath, asFields(map), faults));
        }
        return documents;
    }

    /// A field that is an array of anything, whose null items are left as they are.
    public List<@Nullable Object> array(String field) {
        List<?> items = value(field, List.class, "an array");
        return Collections.unmodifiableList(new ArrayList<@Nullable Object>(items));
    }

    /// A field that is an array of strings.
    public List<String> texts(String field) {
        return items(field, String.class, "an array of strings");
    }

    /// A field that is an array of numbers.
    public List<Number> numbers(String field) {
        return items(field, Number.class, "an array of numbers");
    }

    /// A field that is an array of numbers, as float32; `null`, a missing value, becomes NaN.
    public float[] floats(String field) {
        List<?> items = value(field, List.class, "an array of numbers");
        var floats = new float[items.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = switch (items.get(i)) {
                case null -> Float.NaN;
                case Number number -> number.floatValue();
                default -> throw faults.wrong(pathOf(field), items, "an array of numbers");
            };
        }
        return floats;
    }

    /// A field that is an array of whole numbers of 64 bits.
    public long[] longs(String field) {
        List<?> numbers = value(field, List.class, "an array of whole numbers");
        var longs = new long[numbers.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = switch (numbers.get(i)) {
                case Long number -> number;
                case Integer number -> number;
                case null, default -> throw faults.wrong(pathOf(field), numbers, "an array of whole numbers");
            };
        }
        return longs;
    }

    /// A field that is an array of numbers, as float64.
    public double[] doubles(String field) {
        List<?> numbers = value(field, List.class, "an array of numbers");
        var doubles = new double[numbers.size()];
        for (int i = 0; i < doubles.length; i++) {
            if (!(numbers.get(i) instanceof Number number)) {
                throw faults.wrong(pathOf(field), numbers, "an array of numbers");
            }
            doubles[i] = number.doubleValue();
        }
        return doubles;
    }

    private <T> List<T> items(String field, Class<T> type, String expected) {
        List<?> items = value(field, List.class, expected);
        if (!items.stream().allMatch(type::isInstance)) {
            throw faults.wrong(pathOf(field), items, expected);
        }
        return items.stream().map(type::cast).toList();
    }

    private <T> T value(String field, Class<T> type, String expected) {
        var value = present(field, expected);
        if (!type.isInstance(value)) {
            throw faults.wrong(pathOf(field), value, expected);
        }
        return type.cast(value);
    }

    private Object present(String field, String expected) {
        @Nullable Object value = fields.get(field);
        if (value == null) {
            throw fields.containsKey(field)
                    ? faults.wrong(pathOf(field), null, expected)
                    : faults.missing(pathOf(field), expected);
        }
        return value;
    }

    private String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    @SuppressWarnings("unchecked") // jackson-jr's maps have string keys
    private static Map<String, Object> asFields(Object map) {
        return (Map<String, Object>) map;
    }
}
