package vowcheck.core.workflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;

/// The models of the store that could serve: finds the one that an operator names, and refuses one that cannot serve
/// with the newest of those that can.
final class UsableModels {

    /// The most models that a refusal lists.
    static final int MOST_LISTED = 10;

    /// How many of the newest models are opened to find those.
    static final int MOST_TRIED = 20;

    private final WritableModelStore models;

    UsableModels(WritableModelStore models) {
        this.models = models;
    }

    /// The model that a choice names. Throws [RollbackRefused] where it names none or several.
    ModelIdentity only(ModelChoice choice) {
        var found =
                models.published(choice.version()).stream().filter(choice::isOf).toList();
        if (found.isEmpty()) {
            throw refusal("no model %s is in the store".formatted(choice));
        }
        if (found.size() > 1) {
            throw new RollbackRefused("%d models are called %s: name one of %s"
                    .formatted(
                            found.size(),
                            choice,
                            found.stream().map(ModelIdentity::exactName).collect(joining(", "))));
        }
        return found.getFirst();
    }

    /// Throws [RollbackRefused] for a model that cannot be used.
    void require(ModelIdentity model) {
        try {
            models.load(model);
        } catch (UnusableModel e) {
            throw refusal("version %s cannot be used: %s".formatted(model.version(), e.getMessage()));
        }
    }

    /// The refusal for a reason, with the models that could serve instead.
    RollbackRefused refusal(String reason) {
        return refusal(reason, models.published(MOST_TRIED));
    }

    /// The refusal to go back from a model that has replaced no other, with the others that could serve.
    RollbackRefused nothingFormer(ModelIdentity serving) {
        var others = models.published(MOST_TRIED).stream()
                .filter(model -> !model.equals(serving))
                .toList();
        var inProduction = "version %s is in production".formatted(serving.version());
        return others.isEmpty()
                ? new RollbackRefused(inProduction + ", and there is no other version to go back to")
                : refusal(inProduction + " and has replaced no other: name the version to go back to", others);
    }

    private RollbackRefused refusal(String reason, List<ModelIdentity> candidates) {
        var usable = new ArrayList<ModelIdentity>();
        for (var model : candidates) {
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
