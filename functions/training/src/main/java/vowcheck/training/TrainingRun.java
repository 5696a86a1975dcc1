package vowcheck.training;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.ExperimentTracking;
import vowcheck.core.training.LabelledRowsTable;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RunId;
import vowcheck.core.training.TimeSplit;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Outcomes;

/// The use case of the training task: rows in, a challenger out that is measured against the champion on
/// the same raw rows, recorded, registered and published. The outcome is written last and nothing of this
/// touches what is in production, so a run that is killed anywhere leaves only things that nobody refers
/// to.
public final class TrainingRun {

    private static final Logger LOG = System.getLogger(TrainingRun.class.getName());

    /// Every training's, so that equal rows give equal trees.
    private static final long SEED = 42;

    /// Until the registry gave a version; never published.
    private static final ModelVersion UNREGISTERED = new ModelVersion("unregistered");

    private final LabelledRowsTable table;
    private final Training training;
    private final S3ModelStore models;
    private final ExperimentTracking tracking;
    private final Outcomes outcomes;

    public TrainingRun(
            LabelledRowsTable table,
            Training training,
            S3ModelStore models,
            ExperimentTracking tracking,
            Outcomes outcomes) {
        this.table = table;
        this.training = training;
        this.models = models;
        this.tracking = tracking;
        this.outcomes = outcomes;
    }

    /// Trains with the rows before `cutoff` and leaves the outcome for the execution. Throws what
    /// [Training] and the ports throw.
    public Outcome run(LocalDate cutoff, Execution execution) {
        var rows = table.before(cutoff);
        LOG.log(Level.INFO, "{0} rows before {1}", rows.size(), cutoff);
        var bundle = training.train(new TrainingTask(rows, table.origin(), cutoff, UNREGISTERED, SEED));
        var champion = champion(TimeSplit.of(rows, cutoff));
        var run = tracking.start(
                "%s before %s".formatted(ModelManifest.MODEL_NAME, cutoff),
                Map.of("workflow_execution", execution.name()));
        try {
            var outcome = published(bundle, champion, run);
            tracking.end(run, true);
            outcomes.keep(execution, outcome);
            LOG.log(
                    Level.INFO,
                    "version {0} is trained, average precision {1}",
                    outcome.modelVersion(),
                    outcome.averagePrecision());
            return outcome;
        } catch (RegistryUnavailable | ModelStoreUnavailable e) {
            endAsFailed(run);
            throw e;
        }
    }

    private Outcome.@Nullable Champion champion(TimeSplit split) {
        @Nullable ModelPointer pointer = models.inProduction().orElse(null);
        if (pointer == null) {
            return null;
        }
        var model = models.load(pointer);
        return new Outcome.Champion(
                pointer.version(),
                Training.averagePrecision(model, split.test()),
                model.manifest().data().fittedUntil().isAfter(split.test().date(0)));
    }

    private Outcome published(ModelBundle trained, Outcome.@Nullable Champion champion, RunId run) {
        var manifest = trained.manifest();
        tracking.log(run, parameters(manifest), metrics(manifest, champion), tags(manifest, champion));
        tracking.attach(run, "feature_importance.json", importances(trained));
        var version = tracking.register(run);
        var bundle = ModelBundle.of(manifest.as(version), trained.modelBytes());
        var hash = Sha256.of(bundle.manifestBytes());
        tracking.attach(run, "model/" + ModelBundle.MODEL_FILE, bundle.modelBytes());
        tracking.attach(run, "model/" + ModelBundle.MANIFEST_FILE, bundle.manifestBytes());
        tracking.tag(version, Map.of(Mlflow.MANIFEST_HASH, hash.hex(), "status", "candidate"));
        models.publish(bundle);
        return new Outcome(
                version,
                run,
                hash,
                champion,
                manifest.metrics().averagePrecision(),
                manifest.data().test().rows(),
                manifest.data().cutoff());
    }

    private void endAsFailed(RunId run) {
        try {
            tracking.end(run, false);
        } catch (RegistryUnavailable e) {
            LOG.log(Level.WARNING, "the run stays open: {0}", e.getMessage());
        }
    }

    private static Map<String, String> parameters(ModelManifest manifest) {
        var parameters = new TreeMap<>(manifest.settings().parameters());
        parameters.put("seed", Long.toString(manifest.settings().seed()));
        parameters.put(
                "training_rows", Integer.toString(manifest.data().training().rows()));
        parameters.put(
                "calibration_rows",
                Integer.toString(manifest.data().calibrating().rows()));
        parameters.put("test_rows", Integer.toString(manifest.data().test().rows()));
        parameters.put("tribuo_version", manifest.file().tribuoVersion());
        parameters.put("xgboost_version", manifest.file().xgboostVersion());
        return parameters;
    }

    private static Map<String, Double> metrics(ModelManifest manifest, Outcome.@Nullable Champion champion) {
        var metrics = new TreeMap<String, Double>();
        metrics.put("average_precision", manifest.metrics().averagePrecision());
        metrics.put("roc_auc", manifest.metrics().rocAuc());
        metrics.put("brier_score", manifest.metrics().brierScore());
        metrics.put("log_loss", manifest.metrics().logLoss());
        metrics.put("training_positive_rate", manifest.data().training().positiveRate());
        metrics.put("calibration_positive_rate", manifest.data().calibrating().positiveRate());
        metrics.put("test_positive_rate", manifest.data().test().positiveRate());
        metrics.put("calibration_slope", manifest.calibration().slope());
        metrics.put("calibration_intercept", manifest.calibration().intercept());
        if (champion != null) {
            metrics.put("production_average_precision", champion.averagePrecision());
        }
        return metrics;
    }

    private static Map<String, String> tags(ModelManifest manifest, Outcome.@Nullable Champion champion) {
        var tags = new TreeMap<String, String>();
        tags.put("training_cutoff", manifest.data().cutoff().toString());
        tags.put("data_cutoff_date", manifest.data().cutoff().toString());
        tags.put("fitted_until", manifest.data().fittedUntil().toString());
        tags.put("data_origin", manifest.data().origin());
        tags.put("status", "candidate");
        tags.put("comparison_result", "undecided");
        if (champion != null) {
            tags.put("champion_version", champion.version().value());
            tags.put("champion_fitted_until_test_rows", Boolean.toString(champion.fittedUntilTestRows()));
        }
        return tags;
    }

    private static byte[] importances(ModelBundle bundle) {
        var importances = TribuoModelFile.importances(
                bundle.modelBytes(), bundle.manifest().schema());
        var json = new LinkedHashMap<String, Object>();
        importances.forEach((feature, importance) -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("gain", importance.gain());
            fields.put("total_gain", importance.totalGain());
            fields.put("splits", importance.splits());
            json.put(feature.fieldName(), fields);
        });
        return JsonDocument.write(json).getBytes(StandardCharsets.UTF_8);
    }
}
