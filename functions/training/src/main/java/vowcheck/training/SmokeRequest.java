package vowcheck.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import vowcheck.adapters.json.ApplicationJson;
import vowcheck.core.features.Application;

/// The contract's own example, which every model is tried with.
final class SmokeRequest {

    private static final String FILE = "/events/request_1.json";

    private SmokeRequest() {}

    static Application application() {
        try (var stream = SmokeRequest.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return ApplicationJson.one(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
