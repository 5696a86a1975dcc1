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
public final class MlflowOfOperators {

    private static final String CALLS = "/mlflow/api/2.0/mlflow/";

    private final LocalSystem system;

    public MlflowOfOperators(LocalSystem system) {
        this.system = system;
    }

    /// Whether it answers.
    public boolean answers() {
        return send(system.request("/mlflow/health")).statusCode() == 200;
    }

    /// The number of finished runs.
    int finishedRuns() {
        var answer =
                post("runs/search", Map.of("experiment_ids", List.of("1"), "filter", "attributes.status = 'FINISHED'"));
        return answer.has("runs") ? answer.documents("runs").size() : 0;
    }

    /// The version with an alias.
    public Optional<String> holder(ModelAlias alias) {
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

    /// Any call that changes something; returns its answer, whatever the status is.
    ///
    /// @param method of HTTP, such as `DELETE`
    public HttpResponse<String> call(String method, String call, Map<String, ?> fields) {
        return send(system.request(CALLS + call)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(
                                JsonObject.of(fields).json())));
    }

    /// Any call that reads something; returns its answer, whatever the status is.
    public HttpResponse<String> read(String call) {
        return send(system.request(CALLS + call));
    }

    private JsonDocument post(String call, Map<String, ?> fields) {
        var answer = call("POST", call, fields);
        if (answer.statusCode() != 200) {
            throw new AssertionError("MLflow answers %s with %d".formatted(call, answer.statusCode()));
        }
        return JsonDocument.parse(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return system.send(system.asOperator(request));
    }
}
