package vowcheck.adapters.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vowcheck.core.features.Application;
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
        var features = FeatureSchema.CURRENT.features();
        var values = new float[features.size()];
        for (int position = 0; position < values.length; position++) {
            values[position] = (float) fields.number(features.get(position).fieldName());
        }
        return Application.of(FeatureSchema.CURRENT, values);
    }
}
