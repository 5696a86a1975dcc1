package vowcheck.launcher;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
}
