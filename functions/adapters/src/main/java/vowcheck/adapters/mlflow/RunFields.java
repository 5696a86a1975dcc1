package vowcheck.adapters.mlflow;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vowcheck.adapters.bundle.TestMetricsJson;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.TestMetrics;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.Interval;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.Outcome;

/// What a run records in MLflow about the model that it trained, under MLflow's three kinds of keys.
///
/// @param parameters what went into the training
/// @param metrics what was measured
/// @param tags everything else
record RunFields(Map<String, String> parameters, Map<String, Double> metrics, Map<String, String> tags) {

    private static final String CODE_TAG = "code_version";

    /// MLflow's own; its pages show the commit beside the run's source.
    private static final String COMMIT_TAG = "mlflow.source.git.commit";

    static RunFields of(ModelManifest manifest, Optional<Outcome.Champion> champion, CodeVersion code) {
        var tags = tags(manifest, champion);
        tags.put(CODE_TAG, code.toString());
        code.commit().ifPresent(commit -> tags.put(COMMIT_TAG, commit));
        return new RunFields(parameters(manifest), metrics(manifest, champion), tags);
    }

    private static Map<String, String> parameters(ModelManifest manifest) {
        var parameters = new TreeMap<>(manifest.settings().parameters());
        parameters.put("seed", Long.toString(manifest.settings().seed()));
        var labelled = manifest.data().labelledRows();
        if (labelled != null) {
            parameters.put("labelled_rows", Integer.toString(labelled.count()));
            parameters.put("labelled_rows_newest_date", labelled.newest().toString());
            parameters.put("labelled_rows_sha256", labelled.digest().hex());
            parameters.put("labelled_rows_left_out", Integer.toString(labelled.leftOut()));
        }
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

    private static Map<String, Double> metrics(ModelManifest manifest, Optional<Outcome.Champion> champion) {
        var metrics = new TreeMap<String, Double>();
        put(metrics, "", manifest.metrics());
        metrics.put("training_positive_rate", manifest.data().training().positiveRate());
        metrics.put("calibration_positive_rate", manifest.data().calibrating().positiveRate());
        metrics.put("test_positive_rate", manifest.data().test().positiveRate());
        metrics.put("calibration_slope", manifest.calibration().slope());
        metrics.put("calibration_intercept", manifest.calibration().intercept());
        if (champion.orElse(null) instanceof Outcome.MeasuredChampion measured) {
            // Both on the same rows, which may be fewer than the test rows that the other metrics are measured on.
            put(metrics, "compared_", measured.comparison().challenger());
            put(metrics, "production_", measured.comparison().champion());
            if (measured.comparison().newPeople() instanceof NewPeopleComparison.Measured newPeople) {
                var differences = newPeople.differences();
                metrics.put(
                        "compared_" + TestMetricsJson.NEW_PEOPLE,
                        newPeople.challenger().averagePrecision());
                metrics.put(
                        "production_" + TestMetricsJson.NEW_PEOPLE,
                        newPeople.champion().averagePrecision());
                put(metrics, "average_precision_difference", differences.averagePrecision());
                put(metrics, "calibration_error_difference", differences.calibrationError());
                put(metrics, "recall_gap_difference", differences.recallGap());
                put(metrics, "calibration_gap_difference", differences.calibrationGap());
            }
        }
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, Interval interval) {
        metrics.put(name, interval.difference());
        metrics.put(name + "_lower", interval.lower());
        metrics.put(name + "_upper", interval.upper());
    }

    private static void put(Map<String, Double> metrics, String prefix, TestMetrics measured) {
        TestMetricsJson.write(measured).asMap().forEach((name, value) -> {
            if (value instanceof Double number) {
                metrics.put(prefix + name, number);
            }
        });
    }

    private static Map<String, String> tags(ModelManifest manifest, Optional<Outcome.Champion> champion) {
        var tags = new TreeMap<String, String>();
        tags.put("training_cutoff", manifest.data().cutoff().toString());
        tags.put(VersionTags.CUTOFF, manifest.data().cutoff().toString());
        tags.put("fitted_until", manifest.data().fittedUntil().toString());
        tags.put("data_origin", manifest.data().origin());
        tags.putAll(VersionTags.of(VersionStatus.CANDIDATE));
        tags.put(VersionTags.COMPARISON, "undecided");
        switch (champion.orElse(null)) {
            case null -> {}
            case Outcome.MeasuredChampion measured -> {
                putChampion(tags, measured.model());
                tags.put(
                        "test_rows_left_out",
                        Integer.toString(measured.comparison().leftOut()));
                if (measured.comparison().newPeople() instanceof NewPeopleComparison.NotFitted(var problem)) {
                    tags.put("new_people_problem", problem);
                }
            }
            case Outcome.IncomparableChampion incomparable -> {
                putChampion(tags, incomparable.model());
                tags.put("champion_problem", incomparable.problem());
            }
            case Outcome.UnreadableChampion unreadable -> {
                if (unreadable.model() != null) {
                    putChampion(tags, unreadable.model());
                }
                tags.put("champion_problem", unreadable.problem());
            }
        }
        return tags;
    }

    private static void putChampion(Map<String, String> tags, ModelIdentity champion) {
        tags.put("champion_version", champion.version().value());
        tags.put(
                "champion_" + VersionTags.MANIFEST_HASH, champion.manifestHash().hex());
    }
}
