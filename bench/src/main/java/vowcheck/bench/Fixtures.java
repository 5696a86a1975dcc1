package vowcheck.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.jr.ob.JSON;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.features.FeatureSchema;
import vowcheck.lambda.http.ApplicationJson;
import vowcheck.training.population.SyntheticPopulation;

/// The requests that are sent and the model that serves them: the contract's requests, a batch of synthetic people, the
/// baseline bundle.
public final class Fixtures {

    /// Reads applications as the scoring function does.
    public static final ApplicationJson APPLICATION_JSON =
            new ApplicationJson(FeatureSchema.CURRENT, InstantSource.system());

    private Fixtures() {}

    /// One application.
    public static String application() {
        return text("events/request_1.json");
    }

    /// The contract's batch of 1001 applications.
    public static String batch() {
        return text("events/request_drift.json");
    }

    /// A batch of the first people of the synthetic population.
    static String syntheticBatch(int size) {
        var people = SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED);
        List<Map<String, Object>> instances = new ArrayList<>();
        for (int person = 0; person < size; person++) {
            Map<String, Object> instance = new LinkedHashMap<>();
            for (var feature : FeatureSchema.CURRENT.features()) {
                instance.put(feature.fieldName(), people.value(person, feature));
            }
            instances.add(instance);
        }
        return JSON.std.asString(Map.of("instances", instances));
    }

    /// The baseline's manifest.
    public static byte[] manifest() {
        return bytes("baseline/" + ModelBundle.MANIFEST_FILE);
    }

    /// The baseline's model file.
    public static byte[] model() {
        return bytes("baseline/" + ModelBundle.MODEL_FILE);
    }

    static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (var stream = Fixtures.class.getResourceAsStream("/" + resource)) {
            return Objects.requireNonNull(stream, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
