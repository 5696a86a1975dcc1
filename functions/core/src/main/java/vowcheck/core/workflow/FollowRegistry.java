package vowcheck.core.workflow;

import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.WritableModelStore;

/// Makes what serves follow the registry: an operator who gave the alias `production` to another version by
/// hand calls this.
public final class FollowRegistry {

    private final WritableModelStore models;
    private final ModelRegistry registry;

    public FollowRegistry(WritableModelStore models, ModelRegistry registry) {
        this.models = models;
        this.registry = registry;
    }

    /// The version that serves now, its bundle checked. Where the registry has none in production, what
    /// serves goes on. Throws what the ports throw, and [UnusableModel] for a damaged bundle; what serves
    /// is then as it was.
    public ModelVersion follow() {
        var registered = registry.holder(ModelAlias.PRODUCTION);
        var serving = models.inProduction();
        if (registered.isEmpty() || registered.equals(serving.map(ModelPointer::version))) {
            return models.load(models.production()).manifest().version();
        }
        var version = registered.get();
        var pointer = new ModelPointer(
                version,
                registry.manifestHash(version),
                serving.map(ModelPointer::version).orElse(null));
        models.load(pointer);
        models.promote(pointer);
        return version;
    }
}
