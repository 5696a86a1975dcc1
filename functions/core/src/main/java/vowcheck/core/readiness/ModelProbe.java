package vowcheck.core.readiness;

import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.UnusableModel;

/// Loads the model in production, as an environment does that starts now. What a running environment has in memory says
/// nothing about the next one.
public final class ModelProbe implements ReadinessProbe {

    private final ModelStore store;

    /// @param store not the one that serves, which remembers the pointer
    public ModelProbe(ModelStore store) {
        this.store = store;
    }

    @Override
    public ReadinessFinding look() {
        try {
            return usable(store.production());
        } catch (UnusableModel e) {
            throw new NotReady("in production is not known: " + e.getMessage(), e);
        } catch (ModelStoreUnavailable e) {
            throw new NotReady("cannot be read: its store does not answer, or refuses", e);
        }
    }

    private ReadinessFinding usable(ModelPointer pointer) {
        try {
            store.load(pointer.model());
            return new ReadinessFinding.UsableModel(pointer.version());
        } catch (UnusableModel e) {
            throw new NotReady(
                    "of version %s is in production but cannot be used: %s"
                            .formatted(pointer.version(), e.getMessage()),
                    e);
        }
    }
}
