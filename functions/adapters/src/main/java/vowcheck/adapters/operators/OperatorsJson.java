package vowcheck.adapters.operators;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.adapters.json.JsonObject;

/// The secret's text: `{"operators":[{"name","role","algorithm","iterations","salt","hash"}]}`. An entry
/// without an algorithm is one of a former release, with SHA-256.
public final class OperatorsJson {

    /// More would keep a function busy for longer than it may run.
    private static final int MOST_ITERATIONS = 5_000_000;

    private OperatorsJson() {}

    /// Reads all that can be read: what is wrong with one entry, or with the whole text, does not hide the other
    /// entries. Throws nothing.
    public static OperatorEntries read(String json) {
        var operators = new ArrayList<Operator>();
        var unreadable = new ArrayList<OperatorEntries.Unreadable>();
        try {
            var list = JsonDocument.parse(json).array("operators");
            for (int place = 0; place < list.size(); place++) {
                @Nullable String name = null;
                try {
                    var entry = JsonDocument.of(list.get(place), JsonFaults.DISCREET);
                    name = entry.text("name");
                    operators.add(operator(entry));
                } catch (IllegalArgumentException e) {
                    var reason = "operators[%d]: %s".formatted(place, e.getMessage());
                    unreadable.add(new OperatorEntries.Unreadable(reason, name));
                }
            }
        } catch (IllegalArgumentException e) {
            unreadable.add(new OperatorEntries.Unreadable(String.valueOf(e.getMessage()), null));
        }
        return new OperatorEntries(operators, unreadable);
    }

    private static Operator operator(JsonDocument entry) {
        return new Operator(
                entry.text("name"),
                entry.value("role", OperatorRole::named),
                new PasswordHash(
                        entry.has("algorithm")
                                ? entry.value("algorithm", PasswordHash.Algorithm::named)
                                : PasswordHash.Algorithm.SHA256,
                        iterations(entry),
                        entry.value("salt", OperatorsJson::base64),
                        entry.value("hash", OperatorsJson::base64)));
    }

    private static int iterations(JsonDocument entry) {
        int iterations = entry.integer("iterations");
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the field iterations is %d, expected 1 to %d".formatted(iterations, MOST_ITERATIONS));
        }
        return iterations;
    }

    private static String base64(String text) {
        try {
            if (Base64.getDecoder().decode(text).length > 0) {
                return text;
            }
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("not Base64"); // the cause repeats a character
        }
        throw new IllegalArgumentException("empty, expected Base64");
    }

    /// Writes the secret's text.
    public static String write(List<Operator> operators) {
        return new JsonObject()
                .with("operators", operators.stream().map(OperatorsJson::fields).toList())
                .json();
    }

    /// The text with one more operator, in place of the entries of that name. The other entries are kept as they are,
    /// also those that cannot be read. Throws [IllegalArgumentException] for a text that has no list.
    public static String with(String json, Operator operator) {
        var entries = others(json, operator.name());
        entries.add(fields(operator).asMap());
        return new JsonObject().with("operators", entries).json();
    }

    /// The text without the entries of a name. Throws [IllegalArgumentException] for a text that has no list.
    public static String without(String json, String name) {
        return new JsonObject().with("operators", others(json, name)).json();
    }

    private static List<@Nullable Object> others(String json, String name) {
        var entries = new ArrayList<>(JsonDocument.parse(json).array("operators"));
        entries.removeIf(entry -> entry instanceof Map<?, ?> fields && name.equals(fields.get("name")));
        return entries;
    }

    private static JsonObject fields(Operator operator) {
        return new JsonObject()
                .with("name", operator.name())
                .with("role", operator.role().text())
                .with("algorithm", operator.password().algorithm().text())
                .with("iterations", operator.password().iterations())
                .with("salt", operator.password().salt())
                .with("hash", operator.password().hash());
    }
}
