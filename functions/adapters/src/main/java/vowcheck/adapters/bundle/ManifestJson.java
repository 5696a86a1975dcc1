package vowcheck.adapters.bundle;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.jr.ob.JSON;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.tribuo.ModelFaults;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.model.Calibration;
import vowcheck.core.model.ModelFile;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Parity;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.SmokeExpectation;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.model.TrainingData;
import vowcheck.core.model.UnusableModel;

/// The manifest of a bundle as JSON in UTF-8, with its keys in a fixed order. A reader ignores fields that it
/// does not know, so that an older program can read a newer manifest of the same format; it refuses a missing
/// or wrong field by name. Thread-safe.
public final class ManifestJson {

    /// Increased when a manifest changes in such a way that an older program must not read it.
    private static final int FORMAT = 2;

    private static final String FEATURES = "features";

    private static final ModelFaults FAULTS = new ModelFaults("manifest");

    private static final JSON JACKSON =
            JSON.builder().enable(JSON.Feature.PRETTY_PRINT_OUTPUT).build();

    private ManifestJson() {}

    /// The manifest's file; the same manifest gives the same bytes.
    public static byte[] write(ModelManifest manifest) {
        var file = manifest.file();
        var data = manifest.data();
        var json = new JsonObject()
                .with("format", FORMAT)
                .with("model_name", ModelManifest.MODEL_NAME)
                .with("model_version", manifest.version().value())
                .with("sha256", file.hash().hex())
                .with("tribuo_version", file.tribuoVersion())
                .with("xgboost_version", file.xgboostVersion())
                .with(FEATURES, manifest.schema().fieldNames())
                .with("data_origin", data.origin())
                .with("data_cutoff_date", data.cutoff().toString())
                .with("fitted_until", data.fittedUntil().toString())
                .withPresent(
                        TrainedRowsJson.FIELD,
                        Optional.ofNullable(data.labelledRows()).map(TrainedRowsJson::write))
                .with("rows", rows(data))
                .with("metrics", TestMetricsJson.write(manifest.metrics()))
                .with("calibration", calibration(manifest.calibration()))
                .with("parity", parity(manifest.parity()))
                .with("parameters", manifest.settings().parameters())
                .with("seed", manifest.settings().seed())
                .with("smoke", smoke(manifest.smoke()))
                .with("reference", reference(data.reference()));
        return (JACKSON.asString(json.asMap()).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The manifest of a file.
    ///
    /// Throws [UnusableModel] that names the first field that is missing or wrong, or a feature that is not
    /// known.
    ///
    /// @param known the features of this build
    public static ModelManifest read(byte[] file, FeatureSchema known) {
        var json = JsonDocument.parse(file, FAULTS);
        requireReadable(json);
        var schema = schema(json, known);
        return json.valid(() -> new ModelManifest(
                json.value("model_version", ModelVersion::new),
                new ModelFile(
                        json.value("sha256", Sha256::new), json.text("tribuo_version"), json.text("xgboost_version")),
                schema,
                data(json, schema),
                new TrainerSettings(parameters(json.document("parameters")), json.longInteger("seed")),
                calibration(json.document("calibration")),
                TestMetricsJson.read(json.document("metrics")),
                parity(json.document("parity")),
                smoke(json.document("smoke"), schema)));
    }

    private static void requireReadable(JsonDocument json) {
        if (json.longInteger("format") != FORMAT) {
            throw new UnusableModel(
                    "format of the manifest is %d, expected %d".formatted(json.longInteger("format"), FORMAT));
        }
        json.require("model_name", ModelManifest.MODEL_NAME);
    }

    /// A manifest without the list is older than the list: every model had the contract's ten features then.
    private static FeatureSchema schema(JsonDocument json, FeatureSchema known) {
        var names = json.names().contains(FEATURES) ? json.texts(FEATURES) : FeatureSchema.CONTRACT.fieldNames();
        try {
            return known.select(names);
        } catch (IllegalArgumentException e) {
            throw new UnusableModel("%s of the manifest: %s".formatted(FEATURES, e.getMessage()), e);
        }
    }

    private static TrainingData data(JsonDocument json, FeatureSchema schema) {
        var rows = json.document("rows");
        return new TrainingData(
                json.text("data_origin"),
                json.date("data_cutoff_date"),
                json.date("fitted_until"),
                json.names().contains(TrainedRowsJson.FIELD)
                        ? TrainedRowsJson.read(json.document(TrainedRowsJson.FIELD))
                        : null,
                rowCount(rows.document("training")),
                rowCount(rows.document("calibration")),
                rowCount(rows.document("test")),
                reference(json.document("reference"), schema));
    }

    private static JsonObject rows(TrainingData data) {
        return new JsonObject()
                .with("training", rowCount(data.training()))
                .with("calibration", rowCount(data.calibrating()))
                .with("test", rowCount(data.test()));
    }

    private static JsonObject rowCount(RowCount count) {
        return new JsonObject().with("rows", count.rows()).with("positives", count.positives());
    }

    private static RowCount rowCount(JsonDocument json) {
        return json.valid(() -> new RowCount(json.integer("rows"), json.integer("positives")));
    }

    private static JsonObject calibration(Calibration calibration) {
        return new JsonObject().with("slope", calibration.slope()).with("intercept", calibration.intercept());
    }

    private static Calibration calibration(JsonDocument json) {
        return json.valid(() -> new Calibration(json.number("slope"), json.number("intercept")));
    }

    private static JsonObject parity(Parity parity) {
        return new JsonObject().with("rows", parity.rows()).with("largest_difference", parity.largestDifference());
    }

    private static Parity parity(JsonDocument json) {
        return json.valid(() -> new Parity(json.integer("rows"), json.number("largest_difference")));
    }

    private static SortedMap<String, String> parameters(JsonDocument json) {
        var parameters = new TreeMap<String, String>();
        json.names().forEach(name -> parameters.put(name, json.text(name)));
        return parameters;
    }

    private static JsonObject smoke(SmokeExpectation smoke) {
        var application = smoke.application();
        var features = new JsonObject();
        for (var feature : application.schema().features()) {
            if (application.has(feature)) {
                features.with(feature.fieldName(), application.value(feature));
            }
        }
        return new JsonObject().with("features", features).with("probability", smoke.probability());
    }

    private static SmokeExpectation smoke(JsonDocument json, FeatureSchema schema) {
        var features = json.document("features");
        var values = new float[schema.size()];
        for (var feature : schema.features()) {
            boolean missing = feature.mayBeMissing() && !features.names().contains(feature.fieldName());
            values[schema.position(feature)] = missing ? Float.NaN : (float) features.number(feature.fieldName());
        }
        try {
            var application = Application.of(schema, values);
            return json.valid(() -> new SmokeExpectation(application, json.number("probability")));
        } catch (InvalidApplication e) {
            var fault = e.faults().getFirst();
            throw new UnusableModel(
                    "smoke.features of the manifest: %s is out of bounds, expected %s"
                            .formatted(fault.fieldName(), fault.expected()),
                    e);
        }
    }

    private static JsonObject reference(SequencedMap<Feature, ReferenceDistribution> reference) {
        var json = new JsonObject();
        reference.forEach((feature, distribution) -> json.with(feature.fieldName(), distribution(distribution)));
        return json;
    }

    private static SequencedMap<Feature, ReferenceDistribution> reference(JsonDocument json, FeatureSchema schema) {
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        schema.features().forEach(feature -> reference.put(feature, distribution(json.document(feature.fieldName()))));
        return reference;
    }

    private static JsonObject distribution(ReferenceDistribution distribution) {
        return new JsonObject().with("edges", distribution.edges()).with("counts", distribution.counts());
    }

    private static ReferenceDistribution distribution(JsonDocument json) {
        return json.valid(() -> new ReferenceDistribution(
                json.numbers("edges").stream().map(Number::floatValue).toList(),
                json.numbers("counts").stream().map(Number::longValue).toList()));
    }
}
