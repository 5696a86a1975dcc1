package vowcheck.launcher;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelManifest;

/// MLflow as operators use it, through the API.
final class MlflowOfOperators {

    private static final String CALLS = "/mlflow/api/2.0/mlflow/";

    private final LocalSystem system;

    MlflowOfOperators(LocalSystem system) {
        this.system = system;
    }

    /// Whether it answers.
    boolean answers() {
        return send(system.request("/mlflow/health")).statusCode() == 200;
    }

    /// The number of finished runs.
    int finishedRuns() {
        var answer =
                post("runs/search", Map.of("experiment_ids", List.of("1"), "filter", "attributes.status = 'FINISHED'"));
        return answer.has("runs") ? answer.documents("runs").size() : 0;
    }

    /// The version with an alias.
    Optional<String> holder(ModelAlias alias) {
        var answer = send(system.request(CALLS
                + "registered-models/alias?name=%s&alias=%s".formatted(ModelManifest.MODEL_NAME, alias.fieldValue())));
        var fields = JsonDocument.parse(answer.body());
        return fields.has("model_version")
                ? Optional.of(fields.document("model_version").text("version"))
                : Optional.empty();
    }

    /// Assigns an alias to a version, as an operator does by hand.
    void assign(ModelAlias alias, String version) {
        post(
                "registered-models/alias",
                Map.of("name", ModelManifest.MODEL_NAME, "alias", alias.fieldValue(), "version", version));
    }

    private JsonDocument post(String call, Map<String, ?> fields) {
        var answer = send(system.request(CALLS + call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonObject.of(fields).json())));
        if (answer.statusCode() != 200) {
            throw new AssertionError("MLflow answers %s with %d".formatted(call, answer.statusCode()));
        }
        return JsonDocument.parse(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return system.send(system.asOperator(request));
    }
}
