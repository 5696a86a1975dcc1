package vowcheck.adapters.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vowcheck.core.features.Application;
import vowcheck.core.features.ApplicationForm;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// The applications of the request bodies in `events/`.
public final class RequestFixtures {

    private static final Path EVENTS = Path.of("../../events");

    private RequestFixtures() {}

    /// The application of a body of `/predict`.
    public static Application one(String file) throws IOException {
        return application(document(file));
    }

    /// The applications of a body of `/batch_predict`.
    public static List<Application> batch(String file) throws IOException {
        return document(file).documents("instances").stream()
                .map(RequestFixtures::application)
                .toList();
    }

    private static JsonDocument document(String file) throws IOException {
        return JsonDocument.parse(Files.readString(EVENTS.resolve(file)));
    }

    private static Application application(JsonDocument fields) {
        var form = new ApplicationForm(FeatureSchema.CURRENT, Feature.ALWAYS);
        FeatureSchema.CURRENT.features().stream()
                .filter(feature -> fields.has(feature.fieldName()))
                .forEach(feature -> form.enter(feature, fields.number(feature.fieldName())));
        return form.application();
    }
}
