package vowcheck.bench;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.jr.ob.JSON;

/// A call as API Gateway passes it to the scoring function: the sample event with another path and body. Every call has
/// a new request id.
final class ProxyEvent {

    private static final String REQUEST_ID = "$request-id$";

    private final byte[] head;
    private final byte[] tail;

    private ProxyEvent(byte[] head, byte[] tail) {
        this.head = head;
        this.tail = tail;
    }

    /// A POST of a JSON body to a path.
    static ProxyEvent of(String path, String body) {
        return of(path, body, Map.of());
    }

    /// The same, with query parameters.
    static ProxyEvent of(String path, String body, Map<String, String> query) {
        var event = new LinkedHashMap<>(JSON.std.mapFrom(Fixtures.text("events/scoring_handler.json")));
        event.put("path", path);
        event.put("resource", path);
        event.put("body", body);
        event.put("queryStringParameters", query);
        @SuppressWarnings("unchecked") // jackson-jr's maps have string keys
        var context = new LinkedHashMap<>((Map<String, Object>) event.get("requestContext"));
        context.put("requestId", REQUEST_ID);
        context.put("resourcePath", path);
        event.put("requestContext", context);
        var json = JSON.std.asString(event);
        int place = json.indexOf(REQUEST_ID);
        return new ProxyEvent(
                json.substring(0, place).getBytes(StandardCharsets.UTF_8),
                json.substring(place + REQUEST_ID.length()).getBytes(StandardCharsets.UTF_8));
    }

    /// The event, with a new id.
    byte[] next() {
        var id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        var event = new byte[head.length + id.length + tail.length];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(id, 0, event, head.length, id.length);
        System.arraycopy(tail, 0, event, head.length + id.length, tail.length);
        return event;
    }
}
