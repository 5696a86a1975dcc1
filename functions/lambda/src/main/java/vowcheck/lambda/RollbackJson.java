package vowcheck.lambda;

import static vowcheck.adapters.bundle.ModelIdentityJson.VERSION;

import java.util.List;
import java.util.Optional;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.workflow.DecisionReason;
import vowcheck.core.workflow.ModelChoice;
import vowcheck.core.workflow.Rollback;
import vowcheck.lambda.http.OnlyFields;

/// The bodies of `/operations/rollback`; the calls of `/operations/shadow` have the same.
final class RollbackJson {

    private static final String REASON = "reason";
    private static final List<String> FIELDS = List.of(VERSION, REASON);

    private RollbackJson() {}

    /// What a call asks for.
    ///
    /// @param choice the model that it names; empty where it names none
    record Call(Optional<ModelChoice> choice, DecisionReason reason) {}

    /// Reads a call; throws what [OnlyFields] does.
    static Call call(String body) {
        return OnlyFields.read(body, FIELDS, json -> {
            var choice = json.names().contains(VERSION)
                    ? Optional.of(json.value(VERSION, ModelChoice::of))
                    : Optional.<ModelChoice>empty();
            return new Call(choice, json.value(REASON, DecisionReason::new));
        });
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
                .withAny("notes", result.notes());
    }
}
