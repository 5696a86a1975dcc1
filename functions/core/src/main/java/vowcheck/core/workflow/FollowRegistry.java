package vowcheck.core.workflow;

import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.WritableModelStore;

/// Puts the registry's production version into service. Operators call this after they have moved the alias
/// `production` by hand.
public final class FollowRegistry {

    private final WritableModelStore models;
    private final ModelRegistry registry;

    public FollowRegistry(WritableModelStore models, ModelRegistry registry) {
        this.models = models;
        this.registry = registry;
    }

    /// Returns the version that serves now, after checking its bundle. Where the registry has no production
    /// version, the current one stays. Throws what the ports throw, [RegistryRefused] for a version that no
    /// training made, [UnusableModel] for a damaged bundle or pointer, and [ProductionChanged] where
    /// somebody was faster; the current version then stays, too.
    public ModelVersion follow() {
        var registered = registry.holder(ModelAlias.PRODUCTION);
        var serving = models.inProduction();
        if (registered.isEmpty()) {
            return models.load(models.production().model()).manifest().version();
        }
        var version = registered.get();
        var model = new ModelIdentity(version, registry.manifestHash(version));
        models.load(model);
        if (!serving.map(ModelPointer::model).equals(Optional.of(model))) {
            var next = serving.map(it -> it.replacedBy(model)).orElseGet(() -> new ModelPointer(model));
            if (!models.replace(serving, next)) {
                throw new ProductionChanged(models.inProduction());
            }
        }
        return version;
    }
}
