package vowcheck.lambda;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What an event of the scoring function asks for that no caller of the API sent: `{"canary":{}}`. No event of the API
/// has a field of that name.
public enum DirectEvent {
    /// The training workflow tests the model in production, without storing anything.
    SMOKE("smoke"),
    /// A schedule tests the way of a prediction, from the function's alias to the database, and keeps the snapshot of
    /// the version from becoming inactive.
    CANARY("canary");

    private static final JsonFactory JSON = new JsonFactory();

    private final String fieldName;

    DirectEvent(String fieldName) {
        this.fieldName = fieldName;
    }

    /// The event's first field.
    public String fieldName() {
        return fieldName;
    }

    /// What the event's first field says; only that field is read. Null for a call of the API, and for what is not
    /// JSON.
    static @Nullable DirectEvent of(byte[] event) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || parser.nextToken() != JsonToken.PROPERTY_NAME) {
                return null;
            }
            var name = parser.currentName();
            return name.equals(CANARY.fieldName) ? CANARY : name.equals(SMOKE.fieldName) ? SMOKE : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
