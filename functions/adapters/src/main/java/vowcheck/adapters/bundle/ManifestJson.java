package vowcheck.adapters.bundle;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;
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
import vowcheck.core.model.TestMetrics;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.model.TrainingData;
import vowcheck.core.model.UnusableModel;

/// The manifest of a bundle as JSON in UTF-8, its keys in one fixed order. A reader ignores fields that it
/// does not know, so that an older program reads a newer manifest of the same format; a field that is
/// missing or wrong is refused by name. Thread-safe.
public final class ManifestJson {

    /// Goes up when a manifest changes so that an older program must not read it.
    private static final int FORMAT = 2;

    private static final JSON JACKSON =
            JSON.builder().enable(JSON.Feature.PRETTY_PRINT_OUTPUT).build();

    private ManifestJson() {}

    /// The manifest's file; the same manifest gives the same bytes.
    public static byte[] write(ModelManifest manifest) {
        var file = manifest.file();
        var data = manifest.data();
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("model_name", ModelManifest.MODEL_NAME);
        json.put("model_version", manifest.version().value());
        json.put("sha256", file.hash().hex());
        json.put("tribuo_version", file.tribuoVersion());
        json.put("xgboost_version", file.xgboostVersion());
        json.put("data_origin", data.origin());
        json.put("data_cutoff_date", data.cutoff().toString());
        json.put("fitted_until", data.fittedUntil().toString());
        json.put("rows", rows(data));
        json.put("metrics", metrics(manifest.metrics()));
        json.put("calibration", calibration(manifest.calibration()));
        json.put("parity", parity(manifest.parity()));
        json.put("parameters", manifest.settings().parameters());
        json.put("seed", manifest.settings().seed());
        json.put("smoke", smoke(manifest.smoke()));
        json.put("reference", reference(data.reference()));
        return (JACKSON.asString(json).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The manifest of a file.
    ///
    /// Throws [UnusableModel] that names the first field that is missing or wrong, or the features that are not
    /// among those that are known.
    ///
    /// @param known the features of this build
    public static ModelManifest read(byte[] file, FeatureSchema known) {
        var json = new ManifestFields("", parsed(file));
        requireOurs(json);
        var schema = known.select(FeatureSchema.CONTRACT.fieldNames());
        return json.valid(() -> new ModelManifest(
                json.value("model_version", ModelVersion::new),
                new ModelFile(
                        json.value("sha256", Sha256::new), json.text("tribuo_version"), json.text("xgboost_version")),
                schema,
                data(json, schema),
                new TrainerSettings(parameters(json.object("parameters")), json.whole("seed")),
                calibration(json.object("calibration")),
                metrics(json.object("metrics")),
                parity(json.object("parity")),
                smoke(json.object("smoke"), schema)));
    }

    private static TrainingData data(ManifestFields json, FeatureSchema schema) {
        var rows = json.object("rows");
        return new TrainingData(
                json.text("data_origin"),
                json.date("data_cutoff_date"),
                json.date("fitted_until"),
                rowCount(rows.object("training")),
                rowCount(rows.object("calibration")),
                rowCount(rows.object("test")),
                reference(json.object("reference"), schema));
    }

    private static Map<?, ?> parsed(byte[] file) {
        try {
            @Nullable Map<?, ?> json = JACKSON.mapFrom(file); // null for JSON's null, whatever its signature says
            if (json == null) {
                throw new UnusableModel("The manifest is null, expected a JSON object");
            }
            return json;
        } catch (JacksonException e) {
            throw new UnusableModel("The manifest is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireOurs(ManifestFields json) {
        if (json.whole("format") != FORMAT) {
            throw new UnusableModel(
                    "format of the manifest is %d, expected %d".formatted(json.whole("format"), FORMAT));
        }
        if (!json.text("model_name").equals(ModelManifest.MODEL_NAME)) {
            throw new UnusableModel("model_name of the manifest is '%s', expected '%s'"
                    .formatted(json.text("model_name"), ModelManifest.MODEL_NAME));
        }
    }

    private static Map<String, Object> rows(TrainingData data) {
        var json = new LinkedHashMap<String, Object>();
        json.put("training", rowCount(data.training()));
        json.put("calibration", rowCount(data.calibrating()));
        json.put("test", rowCount(data.test()));
        return json;
    }

    private static Map<String, Object> rowCount(RowCount count) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rows", count.rows());
        json.put("positives", count.positives());
        return json;
    }

    private static RowCount rowCount(ManifestFields json) {
        return json.valid(() -> new RowCount(json.count("rows"), json.count("positives")));
    }

    private static Map<String, Object> metrics(TestMetrics metrics) {
        var json = new LinkedHashMap<String, Object>();
        json.put("average_precision", metrics.averagePrecision());
        json.put("roc_auc", metrics.rocAuc());
        json.put("brier_score", metrics.brierScore());
        json.put("log_loss", metrics.logLoss());
        return json;
    }

    private static TestMetrics metrics(ManifestFields json) {
        return json.valid(() -> new TestMetrics(
                json.number("average_precision"),
                json.number("roc_auc"),
                json.number("brier_score"),
                json.number("log_loss")));
    }

    private static Map<String, Object> calibration(Calibration calibration) {
        var json = new LinkedHashMap<String, Object>();
        json.put("slope", calibration.slope());
        json.put("intercept", calibration.intercept());
        return json;
    }

    private static Calibration calibration(ManifestFields json) {
        return json.valid(() -> new Calibration(json.number("slope"), json.number("intercept")));
    }

    private static Map<String, Object> parity(Parity parity) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rows", parity.rows());
        json.put("largest_difference", parity.largestDifference());
        return json;
    }

    private static Parity parity(ManifestFields json) {
        return json.valid(() -> new Parity(json.count("rows"), json.number("largest_difference")));
    }

    private static SortedMap<String, String> parameters(ManifestFields json) {
        var parameters = new TreeMap<String, String>();
        json.names().forEach(name -> parameters.put(name, json.text(name)));
        return parameters;
    }

    private static Map<String, Object> smoke(SmokeExpectation smoke) {
        var application = smoke.application();
        var features = new LinkedHashMap<String, Object>();
        for (var feature : application.schema().features()) {
            if (application.has(feature)) {
                features.put(feature.fieldName(), application.value(feature));
            }
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("features", features);
        json.put("probability", smoke.probability());
        return json;
    }

    private static SmokeExpectation smoke(ManifestFields json, FeatureSchema schema) {
        var features = json.object("features");
        var values = new float[schema.size()];
        for (var feature : schema.features()) {
            values[schema.position(feature)] = feature.mayBeMissing() && !features.has(feature.fieldName())
                    ? Float.NaN
                    : (float) features.number(feature.fieldName());
        }
        try {
            var application = Application.of(schema, values);
            return json.valid(() -> new SmokeExpectation(application, json.number("probability")));
        } catch (InvalidApplication e) {
            throw new UnusableModel(
                    "smoke.features of the manifest: %s is out of bounds, expected %s"
                            .formatted(
                                    e.faults().getFirst().feature().fieldName(),
                                    e.faults().getFirst().expected()),
                    e);
        }
    }

    private static Map<String, Object> reference(Map<Feature, ReferenceDistribution> reference) {
        var json = new LinkedHashMap<String, Object>();
        reference.forEach((feature, distribution) -> json.put(feature.fieldName(), distribution(distribution)));
        return json;
    }

    private static SequencedMap<Feature, ReferenceDistribution> reference(ManifestFields json, FeatureSchema schema) {
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        schema.features().forEach(feature -> reference.put(feature, distribution(json.object(feature.fieldName()))));
        return reference;
    }

    private static Map<String, Object> distribution(ReferenceDistribution distribution) {
        var json = new LinkedHashMap<String, Object>();
        json.put("edges", distribution.edges());
        json.put("counts", distribution.counts());
        return json;
    }

    private static ReferenceDistribution distribution(ManifestFields json) {
        return json.valid(() -> new ReferenceDistribution(
                json.numbers("edges").stream().map(Number::floatValue).toList(),
                json.numbers("counts").stream().map(Number::longValue).toList()));
    }
}
