package vowcheck.core.scoring;

import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;

/// Finds the model that scored a request, by its version: the current model, or an earlier one from the store. The
/// last earlier one is kept in memory. Thread-safe.
public final class ModelsByVersion {

    private final CurrentModel currentModel;
    private final ModelStore store;
    private @Nullable ScoringModel former;

    public ModelsByVersion(CurrentModel currentModel, ModelStore store) {
        this.currentModel = currentModel;
        this.store = store;
    }

    /// The model of a version. Throws [ModelStoreUnavailable] when the store does not answer, and
    /// [UnusableModel] when its bundle is missing or damaged.
    public synchronized ScoringModel of(ModelVersion version) {
        var current = currentModel.model();
        if (current.manifest().version().equals(version)) {
            return current;
        }
        if (former == null || !former.manifest().version().equals(version)) {
            former = store.load(version);
        }
        return former;
    }
}
