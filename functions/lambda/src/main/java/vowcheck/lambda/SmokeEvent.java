package vowcheck.lambda;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The event `{"smoke":{…}}` by which the training workflow tests the model in production. No event of the API has
/// that field.
final class SmokeEvent {

    private static final JsonFactory JSON = new JsonFactory();

    private SmokeEvent() {}

    /// Whether the event's first field says so; only that field is read. What is not JSON is no smoke event.
    static boolean is(byte[] event) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && parser.nextToken() == JsonToken.PROPERTY_NAME
                    && parser.currentName().equals("smoke");
        } catch (JacksonException e) {
            return false;
        }
    }
}
