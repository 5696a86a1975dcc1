package vowcheck.launcher;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;

/// An answer over HTTP, of any status.
///
/// @param body empty where there is none
public record HttpAnswer(int status, String body, Map<String, List<String>> headers) {

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    /// Why the API refused a call, from its problem document; the body itself if it is no such document.
    public String detail() {
        try {
            return JsonDocument.parse(body).text("detail");
        } catch (IllegalArgumentException e) {
            return body;
        }
    }
}
