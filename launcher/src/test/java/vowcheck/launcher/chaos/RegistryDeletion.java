package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelManifest;

/// Somebody tidies up in MLflow.
record RegistryDeletion(Entry entry) implements Act {

    private static final String NOTHING = "nothing is there to delete";
    private static final String LATEST = "latest_versions";

    /// What is deleted.
    enum Entry {
        CHAMPIONS_RUN("the champion's run"),
        CHAMPIONS_VERSION("the champion's version"),
        FORMER_VERSION("the former champion's version"),
        REGISTERED_MODEL("the registered model"),
        EXPERIMENT("the experiment");

        private final String words;

        Entry(String words) {
            this.words = words;
        }
    }

    @Override
    public String sentence() {
        return "delete " + entry.words + " in MLflow";
    }

    @Override
    public String perform(WalkedSystem walked) {
        return switch (entry) {
            case CHAMPIONS_RUN -> deleteRun(walked);
            case CHAMPIONS_VERSION -> deleteVersion(walked, ModelAlias.PRODUCTION);
            case FORMER_VERSION -> deleteVersion(walked, ModelAlias.DEPRECATED);
            case REGISTERED_MODEL -> deleteModel(walked);
            case EXPERIMENT -> deleteExperiment(walked);
        };
    }

    /// Any run where the registry has no champion or its run is deleted already.
    private static String deleteRun(WalkedSystem walked) {
        return walked.mlflow()
                .holder(ModelAlias.PRODUCTION)
                .flatMap(version -> activeRun(walked, version))
                .or(() -> walked.runs("FINISHED").stream().findFirst())
                .map(run -> deleted(walked, "POST", "runs/delete", Map.of("run_id", run)))
                .orElse(NOTHING);
    }

    private static Optional<String> activeRun(WalkedSystem walked, String version) {
        var holder = walked.mlflow()
                .read("model-versions/get?name=%s&version=%s".formatted(ModelManifest.MODEL_NAME, version));
        var run = JsonDocument.parse(holder.body()).document("model_version").text("run_id");
        var answer = JsonDocument.parse(
                walked.mlflow().read("runs/get?run_id=" + run).body());
        return answer.has("run") && isActive(answer.document("run").document("info"))
                ? Optional.of(run)
                : Optional.empty();
    }

    /// Any version where none has the alias.
    private static String deleteVersion(WalkedSystem walked, ModelAlias alias) {
        return walked.mlflow()
                .holder(alias)
                .or(() -> model(walked)
                        .filter(model -> model.has(LATEST))
                        .flatMap(model -> model.documents(LATEST).stream()
                                .map(version -> version.text("version"))
                                .findFirst()))
                .map(version -> deleted(
                        walked,
                        "DELETE",
                        "model-versions/delete",
                        Map.of("name", ModelManifest.MODEL_NAME, "version", version)))
                .orElse(NOTHING);
    }

    private static String deleteModel(WalkedSystem walked) {
        return model(walked)
                .map(_ ->
                        deleted(walked, "DELETE", "registered-models/delete", Map.of("name", ModelManifest.MODEL_NAME)))
                .orElse(NOTHING);
    }

    private static Optional<JsonDocument> model(WalkedSystem walked) {
        var answer = walked.mlflow().read("registered-models/get?name=" + ModelManifest.MODEL_NAME);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
        return answer.statusCode() == 200
                ? Optional.of(JsonDocument.parse(answer.body()).document("registered_model"))
                : Optional.empty();
    }

    private static String deleteExperiment(WalkedSystem walked) {
        var answer = walked.mlflow().read("experiments/get-by-name?experiment_name=" + Mlflow.EXPERIMENT);
        var experiment = JsonDocument.parse(answer.body()).document("experiment");
        return isActive(experiment)
                ? deleted(
                        walked, "POST", "experiments/delete", Map.of("experiment_id", experiment.text("experiment_id")))
                : NOTHING;
    }

    private static boolean isActive(JsonDocument entry) {
        return entry.text("lifecycle_stage").equals("active");
    }

    private static String deleted(WalkedSystem walked, String method, String call, Map<String, String> fields) {
        var answer = walked.mlflow().call(method, call, fields);
        assertThat(answer.statusCode())
                .as("%s %s: %s", call, fields, answer.body())
                .isEqualTo(200);
        return "%s is deleted".formatted(fields);
    }
}
