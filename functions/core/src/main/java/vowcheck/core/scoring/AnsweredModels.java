package vowcheck.core.scoring;

import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;

/// The models that answered, by their versions: the one that serves, or a former one from the store, the last of
/// which is remembered. Thread-safe.
public final class AnsweredModels {

    private final CurrentModel currentModel;
    private final ModelStore store;
    private @Nullable ScoringModel former;

    public AnsweredModels(CurrentModel currentModel, ModelStore store) {
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
