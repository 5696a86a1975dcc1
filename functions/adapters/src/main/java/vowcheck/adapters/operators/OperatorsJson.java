package vowcheck.adapters.operators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;

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
        return JsonDocument.write(Map.of(
                "operators", operators.stream().map(OperatorsJson::fields).toList()));
    }

    private static Map<String, Object> fields(Operator operator) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", operator.name());
        fields.put("role", operator.role().text());
        fields.put("iterations", operator.password().iterations());
        fields.put("salt", operator.password().salt());
        fields.put("hash", operator.password().hash());
        return fields;
    }
}
