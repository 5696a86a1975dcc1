package vowcheck.adapters.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.model.Calibration;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Parity;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.SmokeExpectation;
import vowcheck.core.model.TestMetrics;
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
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("model_name", ModelManifest.MODEL_NAME);
        json.put("model_version", manifest.version().value());
        json.put("sha256", manifest.modelHash().hex());
        json.put("tribuo_version", manifest.tribuoVersion());
        json.put("xgboost_version", manifest.xgboostVersion());
        json.put("data_origin", manifest.dataOrigin());
        json.put("data_cutoff_date", manifest.cutoff().toString());
        json.put("fitted_until", manifest.fittedUntil().toString());
        json.put("rows", rows(manifest));
        json.put("metrics", metrics(manifest.metrics()));
        json.put("calibration", calibration(manifest.calibration()));
        json.put("parity", parity(manifest.parity()));
        json.put("parameters", manifest.parameters());
        json.put("seed", manifest.seed());
        json.put("smoke", smoke(manifest.smoke()));
        json.put("reference", reference(manifest.reference()));
        return (JACKSON.asString(json).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The manifest of a file; throws [UnusableModel] that names the first field that is missing or wrong.
    public static ModelManifest read(byte[] file) {
        var json = new ManifestFields("", parsed(file));
        requireOurs(json);
        var rows = json.object("rows");
        return json.valid(() -> new ModelManifest(
                json.value("model_version", ModelVersion::new),
                json.value("sha256", Sha256::new),
                json.text("tribuo_version"),
                json.text("xgboost_version"),
                json.text("data_origin"),
                json.date("data_cutoff_date"),
                json.date("fitted_until"),
                rowCount(rows.object("training")),
                rowCount(rows.object("calibration")),
                rowCount(rows.object("test")),
                metrics(json.object("metrics")),
                calibration(json.object("calibration")),
                parity(json.object("parity")),
                parameters(json.object("parameters")),
                json.whole("seed"),
                smoke(json.object("smoke")),
                reference(json.object("reference"))));
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

    private static Map<String, Object> rows(ModelManifest manifest) {
        var json = new LinkedHashMap<String, Object>();
        json.put("training", rowCount(manifest.training()));
        json.put("calibration", rowCount(manifest.calibrating()));
        json.put("test", rowCount(manifest.test()));
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
        var features = new LinkedHashMap<String, Object>();
        Feature.ALL.forEach(
                feature -> features.put(feature.fieldName(), smoke.application().value(feature)));
        var json = new LinkedHashMap<String, Object>();
        json.put("features", features);
        json.put("probability", smoke.probability());
        return json;
    }

    private static SmokeExpectation smoke(ManifestFields json) {
        var features = json.object("features");
        var values = new float[Feature.ALL.size()];
        for (var feature : Feature.ALL) {
            values[feature.position()] = (float) features.number(feature.fieldName());
        }
        try {
            var application = Application.of(values);
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

    private static Map<String, Object> reference(SortedMap<Feature, ReferenceDistribution> reference) {
        var json = new LinkedHashMap<String, Object>();
        reference.forEach((feature, distribution) -> json.put(feature.fieldName(), distribution(distribution)));
        return json;
    }

    private static SortedMap<Feature, ReferenceDistribution> reference(ManifestFields json) {
        var reference = new TreeMap<Feature, ReferenceDistribution>();
        Feature.ALL.forEach(feature -> reference.put(feature, distribution(json.object(feature.fieldName()))));
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
