package vowcheck.core.workflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;

/// Puts a model that was published earlier into production, as an operator decides. The model is loaded and checked
/// before anything changes. The pointer moves first and the registry's aliases follow: a registry that refuses or
/// does not answer is reported, and does not hold the model back. A pointer that is missing or cannot be read is no
/// obstacle, since this is how it is repaired.
///
/// Whoever goes to a challenger whose promotion is not confirmed yet has decided about it: that promotion is not
/// taken back any more.
///
/// The model that is replaced becomes the pointer's former one: rolling back twice goes there and back again. A
/// training that runs meanwhile leaves an operator's decision alone, see [Restoration].
public final class Rollback {

    /// The most models that a refusal lists.
    static final int MOST_LISTED = 10;

    /// How many of the newest models are opened to find those.
    static final int MOST_TRIED = 20;

    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final OperatorsDecision decision;

    public Rollback(WritableModelStore models, ModelRegistry registry, UnconfirmedPromotions unconfirmed) {
        this.models = models;
        this.registry = registry;
        this.decision = new OperatorsDecision(unconfirmed);
    }

    /// Goes back to the model that served before the one in production. Throws [RollbackRefused] where no pointer
    /// tells which one that was or it cannot be used, [ProductionChanged] where somebody was faster, and what
    /// [WritableModelStore] throws.
    public Result toFormer() {
        var serving = serving();
        var pointer = serving.pointer()
                .orElseThrow(() -> refused("%s: name the version to go back to".formatted(serving.fault())));
        var former = pointer.former()
                .or(() ->
                        Optional.ofNullable(pointer.formerVersion()).map(version -> only(new ModelChoice(version, ""))))
                .orElseThrow(() ->
                        refused("version %s is in production and has replaced no other: name the version to go back to"
                                .formatted(pointer.version())));
        return move(former, serving.pointer());
    }

    /// Goes back, or forth, to a model of the store. Throws [RollbackRefused] where the choice names none or several
    /// or the model cannot be used, [ProductionChanged] where somebody was faster, and what [WritableModelStore]
    /// throws. For the model that is in production already, it only repairs the registry's aliases.
    public Result to(ModelChoice choice) {
        return move(only(choice), serving().pointer());
    }

    private ModelIdentity only(ModelChoice choice) {
        var found =
                models.published(choice.version()).stream().filter(choice::isOf).toList();
        if (found.isEmpty()) {
            throw refused("no model %s is in the store".formatted(choice));
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

    private Result move(ModelIdentity model, Optional<ModelPointer> serving) {
        try {
            models.load(model);
        } catch (UnusableModel e) {
            throw refused("version %s cannot be used: %s".formatted(model.version(), e.getMessage()));
        }
        if (serving.map(ModelPointer::model).equals(Optional.of(model))) {
            return new Result(model, Optional.empty(), follow(model, serving.flatMap(ModelPointer::former)));
        }
        var next = serving.map(it -> it.replacedBy(model)).orElseGet(() -> new ModelPointer(model));
        if (!models.replace(serving, next)) {
            throw new ProductionChanged(serving().pointer());
        }
        var replaced = serving.map(ModelPointer::model);
        return new Result(model, replaced, follow(model, replaced));
    }

    /// Everything else as the pointer has it now; one sentence for each thing that was not done.
    private List<String> follow(ModelIdentity model, Optional<ModelIdentity> former) {
        var updates = new RegistryUpdates(registry);
        decision.confirm(model).forEach(updates::note);
        moveAliases(model, former, updates);
        return updates.notes();
    }

    private void moveAliases(ModelIdentity model, Optional<ModelIdentity> former, RegistryUpdates updates) {
        try {
            updates.moveProduction(Optional.of(model));
            updates.moveDeprecated(former);
        } catch (RegistryUnavailable e) {
            updates.note(("the registry's aliases were not all moved, and following them could undo this: roll back to"
                            + " %s again when the registry answers (%s)")
                    .formatted(model.exactName(), e.getMessage()));
            return;
        }
        try {
            updates.mark(model, VersionStatus.REINSTATED);
            former.ifPresent(it -> updates.mark(it, VersionStatus.REPLACED));
        } catch (RegistryUnavailable e) {
            updates.note("the registry's aliases were moved, but not the tags of the versions: " + e.getMessage());
        }
    }

    private Serving serving() {
        try {
            return new Serving(models.inProduction(), "no model is in production");
        } catch (UnusableModel e) {
            return new Serving(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /// The refusal, with the newest models that could serve.
    private RollbackRefused refused(String reason) {
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

    /// @param fault why there is no pointer
    private record Serving(Optional<ModelPointer> pointer, String fault) {}

    /// What is in production now.
    ///
    /// @param replaced the model that was in production before; empty where the same one was, and where no pointer
    ///     told
    /// @param notes what was not done besides; one sentence each
    public record Result(ModelIdentity model, Optional<ModelIdentity> replaced, List<String> notes) {

        public Result {
            notes = List.copyOf(notes);
        }
    }
}
