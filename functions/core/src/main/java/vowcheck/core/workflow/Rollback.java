package vowcheck.core.workflow;

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
/// does not answer is reported, and does not hold the model back; nor does a [DecisionAudit] that cannot be written. A
/// pointer that is missing or cannot be read is no obstacle, since this is how it is repaired.
///
/// Whoever goes to a challenger whose promotion is not confirmed yet has decided about it: that promotion is not
/// taken back any more.
///
/// The model that is replaced becomes the pointer's former one: rolling back twice goes there and back again. A
/// training that runs meanwhile leaves an operator's decision alone, see [Restoration].
public final class Rollback {

    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final OperatorsDecision decision;
    private final DecisionAudit audit;
    private final PointerMove moves;
    private final UsableModels usable;

    public Rollback(
            WritableModelStore models, ModelRegistry registry, UnconfirmedPromotions unconfirmed, DecisionAudit audit) {
        this.models = models;
        this.registry = registry;
        this.decision = new OperatorsDecision(unconfirmed);
        this.audit = audit;
        this.moves = new PointerMove(models, audit);
        this.usable = new UsableModels(models);
    }

    /// Goes back to the model that served before the one in production. Throws [RollbackRefused] where no pointer
    /// tells which one that was or it cannot be used, [ProductionChanged] where somebody was faster, and what
    /// [WritableModelStore] throws.
    public Result toFormer(OperatorsOrder order) {
        var serving = serving();
        var pointer = serving.pointer()
                .orElseThrow(() -> usable.refusal("%s: name the version to go back to".formatted(serving.fault())));
        var former = pointer.former()
                .or(() -> Optional.ofNullable(pointer.formerVersion())
                        .map(version -> usable.only(new ModelChoice(version, ""))))
                .orElseThrow(() -> usable.nothingFormer(pointer.model()));
        return move(order, former, serving.pointer());
    }

    /// Goes back, or forth, to a model of the store. Throws [RollbackRefused] where the choice names none or several
    /// or the model cannot be used, [ProductionChanged] where somebody was faster, and what [WritableModelStore]
    /// throws. For the model that is in production already, it only repairs the registry's aliases.
    public Result to(ModelChoice choice, OperatorsOrder order) {
        return move(order, usable.only(choice), serving().pointer());
    }

    private Result move(OperatorsOrder order, ModelIdentity model, Optional<ModelPointer> serving) {
        usable.require(model);
        var updates = new RegistryUpdates(registry);
        var replaced = serving.map(ModelPointer::model);
        var rollback = ModelDecision.of(order, ModelDecision.Kind.ROLLED_BACK, replaced, model);
        var entry = audit.begin(rollback, updates::note);
        if (replaced.equals(Optional.of(model))) {
            follow(model, serving.flatMap(ModelPointer::former), updates);
            entry.done();
            return new Result(model, Optional.empty(), updates.notes());
        }
        var next = serving.map(it -> it.replacedBy(model)).orElseGet(() -> new ModelPointer(model));
        if (!moves.replace(serving, next, rollback, updates::note)) {
            throw new ProductionChanged(serving().pointer());
        }
        follow(model, replaced, updates);
        entry.done();
        return new Result(model, replaced, updates.notes());
    }

    /// Everything else as the pointer has it now.
    private void follow(ModelIdentity model, Optional<ModelIdentity> former, RegistryUpdates updates) {
        decision.confirm(model).forEach(updates::note);
        moveAliases(model, former, updates);
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
