package vowcheck.launcher.chaos;

import java.util.Map;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelManifest;

/// Somebody tidies up in MLflow.
record RegistryDeletion(Entry entry) implements Act {

    private static final Map<String, String> MODEL = Map.of("name", ModelManifest.MODEL_NAME);

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
            case REGISTERED_MODEL -> deleted(walked, "DELETE", "registered-models/delete", MODEL);
            case EXPERIMENT -> deleteExperiment(walked);
        };
    }

    private static String deleteRun(WalkedSystem walked) {
        return walked.mlflow()
                .holder(ModelAlias.PRODUCTION)
                .map(version -> {
                    var answer = walked.mlflow()
                            .read("model-versions/get?name=%s&version=%s".formatted(ModelManifest.MODEL_NAME, version));
                    var run = JsonDocument.parse(answer.body())
                            .document("model_version")
                            .text("run_id");
                    return deleted(walked, "POST", "runs/delete", Map.of("run_id", run));
                })
                .orElse("the registry has no champion");
    }

    private static String deleteVersion(WalkedSystem walked, ModelAlias alias) {
        return walked.mlflow()
                .holder(alias)
                .map(version -> deleted(
                        walked,
                        "DELETE",
                        "model-versions/delete",
                        Map.of("name", ModelManifest.MODEL_NAME, "version", version)))
                .orElse("the registry has no such version");
    }

    private static String deleteExperiment(WalkedSystem walked) {
        var answer = walked.mlflow().read("experiments/get-by-name?experiment_name=" + Mlflow.EXPERIMENT);
        var id = JsonDocument.parse(answer.body()).document("experiment").text("experiment_id");
        return deleted(walked, "POST", "experiments/delete", Map.of("experiment_id", id));
    }

    private static String deleted(WalkedSystem walked, String method, String call, Map<String, ?> fields) {
        return "MLflow answers " + walked.mlflow().call(method, call, fields).statusCode();
    }
}
