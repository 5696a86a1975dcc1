package vowcheck.lambda;

import static vowcheck.adapters.bundle.ModelIdentityJson.VERSION;

import java.util.List;
import java.util.Optional;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.workflow.ModelChoice;
import vowcheck.core.workflow.Rollback;
import vowcheck.lambda.http.MalformedRequest;

/// The bodies of `/operations/rollback`.
final class RollbackJson {

    private RollbackJson() {}

    /// The model that a request names; empty where it names none. Throws [MalformedRequest], also for another field: a
    /// misspelt one must not count as none.
    static Optional<ModelChoice> choice(String body) {
        try {
            var json = JsonDocument.parse(body);
            if (!List.of(VERSION).containsAll(json.names())) {
                throw new MalformedRequest(
                        "the body has the fields %s, expected only %s".formatted(json.names(), VERSION));
            }
            return json.names().contains(VERSION)
                    ? Optional.of(json.value(VERSION, ModelChoice::of))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new MalformedRequest(String.valueOf(e.getMessage()));
        }
    }

    static JsonObject of(Rollback.Result result) {
        var version = result.model().version();
        var message = result.replaced()
                .map(former -> "version %s is in production again, in place of version %s"
                        .formatted(version, former.version()))
                .orElse("version %s is in production".formatted(version));
        return ModelIdentityJson.add(new JsonObject().with("message", message), result.model())
                .withPresent(
                        "former_model_version",
                        result.replaced().map(ModelIdentity::version).map(Object::toString))
                .withPresent("notes", Optional.of(result.notes()).filter(notes -> !notes.isEmpty()));
    }
}
