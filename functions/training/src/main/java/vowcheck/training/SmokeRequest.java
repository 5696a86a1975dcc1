package vowcheck.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Application;
import vowcheck.core.features.ApplicationForm;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// The contract's own example application, with which every model is tested.
final class SmokeRequest {

    private static final String FILE = "/events/request_1.json";

    private SmokeRequest() {}

    static Application application() {
        try (var stream = SmokeRequest.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            var request = JsonDocument.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            var form = new ApplicationForm(FeatureSchema.CURRENT, Feature.ALWAYS);
            FeatureSchema.CURRENT.features().stream()
                    .filter(feature -> request.has(feature.fieldName()))
                    .forEach(feature -> form.enter(feature, request.number(feature.fieldName())));
            return form.application();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
