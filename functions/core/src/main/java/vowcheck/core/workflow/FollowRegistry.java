package vowcheck.core.workflow;

import java.util.List;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.WritableModelStore;

/// Puts the registry's production version into service. Operators call this after they have moved the alias
/// `production` by hand. Whoever puts a challenger into production in this way has decided about it, as by a
/// [Rollback].
public final class FollowRegistry {

    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final OperatorsDecision decision;

    public FollowRegistry(WritableModelStore models, ModelRegistry registry, UnconfirmedPromotions unconfirmed) {
        this.models = models;
        this.registry = registry;
        this.decision = new OperatorsDecision(unconfirmed);
    }

    /// Returns the model that serves now, after checking its bundle. Where the registry has no production version,
    /// the current one stays. Throws what the ports throw, [RegistryRefused] for a version that no training made,
    /// [UnusableModel] for a damaged bundle or pointer, and [ProductionChanged] where somebody was faster; the
    /// current
    /// model then stays, too.
    public Result follow() {
        var registered = registry.holder(ModelAlias.PRODUCTION);
        var serving = models.inProduction();
        if (registered.isEmpty()) {
            return new Result(models.load(models.production().model()).identity(), List.of());
        }
        var version = registered.get();
        var model = new ModelIdentity(version, registry.manifestHash(version));
        models.load(model);
        if (serving.map(ModelPointer::model).equals(Optional.of(model))) {
            // A promotion has moved alias and pointer to its challenger: nobody has decided about it yet.
            return new Result(model, List.of());
        }
        var next = serving.map(it -> it.replacedBy(model)).orElseGet(() -> new ModelPointer(model));
        if (!models.replace(serving, next)) {
            throw new ProductionChanged(models.inProduction());
        }
        // While the former model serves, the promotion itself has moved the alias: its smoke call decides.
        return new Result(
                model,
                decision.confirm(model, promotion -> !promotion.servedBefore().equals(serving)));
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
