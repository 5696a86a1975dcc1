package vowcheck.core.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// Models and applications for tests.
public final class ModelFixtures {

    /// The application of `events/request_1.json`.
    public static final Application APPLICATION =
            Application.of(FeatureSchema.CONTRACT, 12000, 10000, 5000, 20000, 2730, 2730, 2800, 2500, 0, 6000);

    private ModelFixtures() {}

    /// A model of that version which answers every application with about the same probability.
    public static ScoringModel constant(String version, double probability) {
        return constant(version, probability, FeatureSchema.CONTRACT);
    }

    /// The same with the features of a schema.
    public static ScoringModel constant(String version, double probability, FeatureSchema schema) {
        var trees = BoostedTrees.of(
                schema, (float) LogOdds.ofProbability(probability), List.of(new Tree(List.of(new Tree.Leaf(0, 1)))));
        var manifest = new ModelManifest(
                new ModelVersion(version),
                new ModelFile(hash(version), "4.3.2", "3.0.4"),
                schema,
                new TrainingData(
                        "made for a test",
                        LocalDate.of(2025, 5, 1),
                        LocalDate.of(2025, 4, 30),
                        new TrainedRows(100, LocalDate.of(2025, 4, 30), hash("rows"), 3),
                        new RowCount(80, 8),
                        new RowCount(10, 1),
                        new RowCount(10, 1),
                        reference(schema)),
                new TrainerSettings(new TreeMap<>(Map.of("max_depth", "3")), 42),
                Calibration.IDENTITY,
                new TestMetrics(0.1, 0.5, 0.1, 0.5),
                new Parity(10, 0),
                new SmokeExpectation(APPLICATION, probability));
        return new ScoringModel(manifest, hash(version), trees);
    }

    /// The reference of each of the contract's features: 1, 2, … 100.
    public static SequencedMap<Feature, ReferenceDistribution> reference() {
        return reference(FeatureSchema.CONTRACT);
    }

    private static SequencedMap<Feature, ReferenceDistribution> reference(FeatureSchema schema) {
        var values = new float[100];
        for (int value = 0; value < values.length; value++) {
            values[value] = value + 1;
        }
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        schema.features().forEach(feature -> reference.put(feature, ReferenceDistribution.of(values)));
        return reference;
    }

    /// The identity of the fixture of that version.
    public static ModelIdentity identity(String version) {
        return new ModelIdentity(new ModelVersion(version), hash(version));
    }

    /// A pointer to that version.
    public static ModelPointer pointer(String version) {
        return new ModelPointer(identity(version));
    }

    /// What a pointer says where that version is the shadow.
    public static ShadowPointer.NamedShadow shadow(String version) {
        return new ShadowPointer.NamedShadow(
                identity(version), new ShadowStart(Instant.parse("2025-05-31T12:00:00Z"), "ada", "to compare it"));
    }

    private static Sha256 hash(String text) {
        return Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
