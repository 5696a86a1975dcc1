package vowcheck.core.workflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;

/// The newest models that could serve, for the refusal of one that cannot.
final class UsableModels {

    /// The most models that a refusal lists.
    static final int MOST_LISTED = 10;

    /// How many of the newest models are opened to find those.
    static final int MOST_TRIED = 20;

    private final WritableModelStore models;

    UsableModels(WritableModelStore models) {
        this.models = models;
    }

    /// The refusal for a reason, with the models that could serve instead.
    RollbackRefused refusal(String reason) {
        var usable = new ArrayList<ModelIdentity>();
        for (var model : models.published(MOST_TRIED)) {
            if (usable.size() < MOST_LISTED && isUsable(model)) {
                usable.add(model);
            }
        }
        if (usable.isEmpty()) {
            return new RollbackRefused(reason + "; none of the newest models can serve");
        }
        return new RollbackRefused("%s; these can serve, newest first: %s"
                .formatted(reason, usable.stream().map(this::named).collect(joining(", "))));
    }

    private boolean isUsable(ModelIdentity model) {
        try {
            models.load(model);
            return true;
        } catch (UnusableModel e) {
            return false;
        }
    }

    private String named(ModelIdentity model) {
        boolean alone = models.published(model.version()).size() == 1;
        return alone ? model.version().value() : model.exactName();
    }
}
