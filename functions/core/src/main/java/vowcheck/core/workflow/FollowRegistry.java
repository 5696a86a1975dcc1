package vowcheck.core.workflow;

import java.util.List;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;

/// Puts the registry's production version into service. Operators call this after they have moved the alias
/// `production` by hand. Whoever puts a challenger into production in this way has decided about it, as by a
/// [Rollback].
public final class FollowRegistry {

    private static final DecisionReason REASON = new DecisionReason("the registry's alias production names it");

    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final UnconfirmedPromotions unconfirmed;
    private final OperatorsDecision decision;
    private final DecisionAudit audit;
    private final PointerMove moves;
    private final UsableModels usable;

    public FollowRegistry(
            WritableModelStore models, ModelRegistry registry, UnconfirmedPromotions unconfirmed, DecisionAudit audit) {
        this.models = models;
        this.registry = registry;
        this.unconfirmed = unconfirmed;
        this.decision = new OperatorsDecision(unconfirmed);
        this.audit = audit;
        this.moves = new PointerMove(models, audit);
        this.usable = new UsableModels(models);
    }

    /// Returns the model that serves now, after checking its bundle. Where the registry has no production version,
    /// the current one stays. Throws what the ports throw, [RollbackRefused] for a version that no training made or
    /// whose bundle cannot be used, [UnusableModel] for a damaged pointer, and [ProductionChanged] where somebody
    /// was faster; the current model then stays, too.
    ///
    /// @param id of the call, unique among all calls
    /// @param operator the name of the person who calls
    public Result follow(String id, String operator) {
        var registered = registry.holder(ModelAlias.PRODUCTION);
        var serving = models.inProduction();
        if (registered.isEmpty()) {
            return new Result(models.load(models.production().model()).identity(), List.of());
        }
        var model = usable(registered.get());
        var replaced = serving.map(ModelPointer::model);
        if (replaced.equals(Optional.of(model))) {
            // A promotion has moved alias and pointer to its challenger: nobody has decided about it yet.
            return new Result(model, List.of());
        }
        var updates = new RegistryUpdates(registry);
        var order = new OperatorsOrder(id, operator, REASON);
        var followed = ModelDecision.of(order, ModelDecision.Kind.ALIAS_FOLLOWED, replaced, model);
        var entry = audit.begin(followed, updates::note);
        var next = serving.map(it -> it.replacedBy(model)).orElseGet(() -> new ModelPointer(model));
        if (!moves.replace(serving, next, followed, updates::note)) {
            throw new ProductionChanged(models.inProduction());
        }
        boolean isBeingPromoted = isBeingPromoted(model, serving);
        // While the former model serves, the promotion itself has moved the alias: its smoke call decides.
        decision.confirm(model, promotion -> !promotion.servedBefore().equals(serving))
                .forEach(updates::note);
        if (!isBeingPromoted) {
            mark(model, replaced, updates);
        }
        entry.done();
        return new Result(model, updates.notes());
    }

    private ModelIdentity usable(ModelVersion version) {
        try {
            var model = new ModelIdentity(version, registry.manifestHash(version));
            models.load(model);
            return model;
        } catch (UnusableModel | RegistryRefused e) {
            throw usable.refusal("the registry's alias production names version %s, which cannot serve: %s"
                    .formatted(version, e.getMessage()));
        }
    }

    private boolean isBeingPromoted(ModelIdentity model, Optional<ModelPointer> serving) {
        try {
            return unconfirmed
                    .current()
                    .filter(it -> it.challenger().model().equals(model))
                    .filter(it -> it.servedBefore().equals(serving))
                    .isPresent();
        } catch (UnreadablePromotion | WorkflowUnavailable e) {
            return false; // reported when the decision is confirmed
        }
    }

    /// The rest of what a [Rollback] does.
    private static void mark(ModelIdentity model, Optional<ModelIdentity> former, RegistryUpdates updates) {
        try {
            updates.moveDeprecated(former);
            updates.mark(model, VersionStatus.REINSTATED);
            former.ifPresent(it -> updates.mark(it, VersionStatus.REPLACED));
        } catch (RegistryUnavailable e) {
            updates.note("the registry's alias deprecated and the tags of the versions were not all updated: "
                    + e.getMessage());
        }
    }

    /// What is in production now.
    ///
    /// @param notes what was not done besides; one sentence each
    public record Result(ModelIdentity model, List<String> notes) {

        public Result {
            notes = List.copyOf(notes);
        }
    }
}
