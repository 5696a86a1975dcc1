package vowcheck.lambda;

import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.workflow.ShadowOperation;

/// The answers about the shadow.
final class ShadowJson {

    private static final String REASON = "reason";

    private ShadowJson() {}

    static JsonObject of(ShadowOperation.Result result) {
        var json = new JsonObject();
        switch (result.shadow()) {
            case NamedShadow shadow -> {
                json.with(
                        "message",
                        "version %s is the shadow".formatted(shadow.model().version()));
                add(json, shadow);
            }
            case NoShadow _, UnreadableShadow _ -> json.with("message", "no model is the shadow");
        }
        return json.withPresent(
                        "former_model_version",
                        result.former().map(ModelIdentity::version).map(Object::toString))
                .withAny("notes", result.notes());
    }

    /// Adds which model is the shadow, and when, by whom and why it was started.
    static JsonObject add(JsonObject json, NamedShadow shadow) {
        return ModelIdentityJson.add(json, shadow.model())
                .with("started_at", shadow.start().at().toString())
                .with("started_by", shadow.start().by())
                .with(REASON, shadow.start().reason());
    }
}
