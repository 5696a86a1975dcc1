package vowcheck.adapters.operators;

import java.util.List;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// The secret's text: `{"operators":[{"name","role","iterations","salt","hash"}]}`.
public final class OperatorsJson {

    private OperatorsJson() {}

    /// Throws [IllegalArgumentException] naming the field that is missing, of another type, or no role.
    public static List<Operator> read(String json) {
        return JsonDocument.parse(json).documents("operators").stream()
                .map(entry -> new Operator(
                        entry.text("name"),
                        OperatorRole.named(entry.text("role")),
                        new PasswordHash(entry.integer("iterations"), entry.text("salt"), entry.text("hash"))))
                .toList();
    }

    /// Writes the secret's text.
    public static String write(List<Operator> operators) {
        return new JsonObject()
                .with("operators", operators.stream().map(OperatorsJson::fields).toList())
                .json();
    }

    private static JsonObject fields(Operator operator) {
        return new JsonObject()
                .with("name", operator.name())
                .with("role", operator.role().text())
                .with("iterations", operator.password().iterations())
                .with("salt", operator.password().salt())
                .with("hash", operator.password().hash());
    }
}
