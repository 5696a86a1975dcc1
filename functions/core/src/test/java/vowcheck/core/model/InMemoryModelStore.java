package vowcheck.core.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model store in memory that can be taken out of reach.
public final class InMemoryModelStore implements ModelStore {

    private final Map<ModelVersion, ScoringModel> models = new HashMap<>();
    private @Nullable ModelPointer production;
    private boolean reachable = true;

    /// Keeps a model and makes it the one that serves.
    public void promote(ScoringModel model) {
        models.put(model.manifest().version(), model);
        production = ModelFixtures.pointer(model.manifest().version().value());
    }

    /// Makes a version serve that is not kept here, as a damaged bundle would be.
    public void promoteUnusable(String version) {
        production = ModelFixtures.pointer(version);
    }

    /// Whether the store answers from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    @Override
    public ModelPointer production() {
        if (!reachable || production == null) {
            throw new ModelStoreUnavailable("the store in memory has no model in reach");
        }
        return production;
    }

    @Override
    public ScoringModel load(ModelPointer pointer) {
        @Nullable ScoringModel model = models.get(pointer.version());
        if (model == null) {
            throw new UnusableModel("the bundle of version %s is damaged".formatted(pointer.version()));
        }
        return model;
    }
}
