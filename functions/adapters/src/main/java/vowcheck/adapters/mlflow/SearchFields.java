package vowcheck.adapters.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import vowcheck.adapters.bundle.TestMetricsJson;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.training.SearchedRecipe;

/// What a search records in MLflow: each trial in a run of its own within the training's, and what was found in the
/// training's run.
final class SearchFields {

    /// The mean over the folds, which alone decides, and that of each fold, the oldest first.
    private static final String SCORE = "search_average_precision";

    private static final String SCORE_OF_FOLD = SCORE + "_of_fold";

    private SearchFields() {}

    static String name(SearchTrial trial) {
        return trial.number() == 0 ? "trial 0, the default recipe" : "trial " + trial.number();
    }

    static String verdict(SearchTrial trial) {
        return switch (trial.result()) {
            case SearchTrial.Failed _ -> "failed";
            case SearchTrial.Measured _ -> trial.chosen() ? "chosen" : "not chosen";
        };
    }

    /// Beside those of every run.
    static Map<String, String> tags(SearchTrial trial) {
        var tags = new LinkedHashMap<String, String>();
        tags.put("search_trial", Integer.toString(trial.number()));
        tags.put("search_chosen", Boolean.toString(trial.chosen()));
        if (trial.result() instanceof SearchTrial.Failed(var problem)) {
            tags.put(Mlflow.DESCRIPTION_TAG, problem);
        }
        return tags;
    }

    static RunStatus status(SearchTrial trial) {
        return switch (trial.result()) {
            case SearchTrial.Measured _ -> RunStatus.FINISHED;
            case SearchTrial.Failed _ -> RunStatus.FAILED;
        };
    }

    static List<Metric> metrics(SearchTrial trial) {
        long time = trial.ended().toEpochMilli();
        return switch (trial.result()) {
            case SearchTrial.Failed _ -> List.of();
            case SearchTrial.Measured measured -> {
                var metrics = new ArrayList<Metric>();
                metrics.add(metric(SCORE, measured.averagePrecision(), 0, time));
                for (int fold = 0; fold < measured.averagePrecisions().size(); fold++) {
                    metrics.add(
                            metric(SCORE_OF_FOLD, measured.averagePrecisions().get(fold), fold, time));
                }
                yield metrics;
            }
        };
    }

    static List<Metric> metrics(SearchedRecipe found, long time) {
        return List.of(
                metric("default_recipe_" + TestMetricsJson.NEW_PEOPLE, found.defaultAveragePrecision(), 0, time),
                metric("score_cost_factor", found.scoreFactor(), 0, time),
                metric("explanation_cost_factor", found.explanationFactor(), 0, time));
    }

    static List<Param> parameters(SearchedRecipe found) {
        return parameters(Map.of(
                "search_trials", Integer.toString(found.trials()), "search_chosen", Integer.toString(found.chosen())));
    }

    static List<Param> parameters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> Param.newBuilder()
                        .setKey(parameter.getKey())
                        .setValue(parameter.getValue())
                        .build())
                .toList();
    }

    private static Metric metric(String name, double value, int step, long time) {
        return Metric.newBuilder()
                .setKey(name)
                .setValue(value)
                .setTimestamp(time)
                .setStep(step)
                .build();
    }
}
