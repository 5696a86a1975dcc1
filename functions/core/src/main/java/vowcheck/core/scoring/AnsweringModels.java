package vowcheck.core.scoring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;

/// Finds the model that answered a request: the current model, or an earlier one from the store. The last earlier one
/// is kept in memory. What is in production at the moment does not matter: it may be missing or unusable. Thread-safe.
public final class AnsweringModels {

    private final CurrentModel currentModel;
    private final ModelStore store;
    private @Nullable Earlier earlier;

    public AnsweringModels(CurrentModel currentModel, ModelStore store) {
        this.currentModel = currentModel;
        this.store = store;
    }

    /// The model that answered a request. Throws [ModelStoreUnavailable] when the store does not answer, and
    /// [UnusableModel] when its bundle is missing or damaged, or when the request names a version only and the
    /// store has several models of that version.
    public synchronized ScoringModel of(ScoredRequest request) {
        var model = request.model();
        var current = currentModel.loaded().filter(loaded -> model.equals(Optional.of(loaded.identity())));
        if (current.isPresent()) {
            return current.get();
        }
        if (earlier == null || !earlier.answered(request)) {
            var loaded = model.map(store::load).orElseGet(() -> store.load(request.modelVersion()));
            earlier = new Earlier(request.modelVersion(), model, loaded);
        }
        return earlier.loaded();
    }

    /// A model, and by what requests name it.
    private record Earlier(ModelVersion version, Optional<ModelIdentity> model, ScoringModel loaded) {

        boolean answered(ScoredRequest request) {
            return version.equals(request.modelVersion()) && model.equals(request.model());
        }
    }
}
