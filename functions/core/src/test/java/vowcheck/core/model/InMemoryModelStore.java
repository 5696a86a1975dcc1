package vowcheck.core.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model store in memory that can be taken out of reach.
public final class InMemoryModelStore implements WritableModelStore {

    private final Map<ModelVersion, ScoringModel> models = new HashMap<>();
    private @Nullable ModelPointer production;
    private boolean reachable = true;
    private boolean readOnly;

    /// Keeps a model and makes it the one that serves.
    public void promote(ScoringModel model) {
        models.put(model.manifest().version(), model);
        production = ModelFixtures.pointer(model.manifest().version().value());
    }

    /// Keeps a model that does not serve yet.
    public void publish(ScoringModel model) {
        models.put(model.manifest().version(), model);
    }

    /// Makes a version serve that is not kept here, as a damaged bundle would be.
    public void promoteUnusable(String version) {
        production = ModelFixtures.pointer(version);
    }

    /// Whether the store answers from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// Whether the store refuses writes from now on.
    public void readOnly(boolean now) {
        readOnly = now;
    }

    @Override
    public ModelPointer production() {
        if (!reachable || production == null) {
            throw new ModelStoreUnavailable("the store in memory has no model in reach");
        }
        return production;
    }

    @Override
    public Optional<ModelPointer> inProduction() {
        requireReachable();
        return Optional.ofNullable(production);
    }

    /// Keeps nothing: models come into this store as objects, not as bundles.
    @Override
    public void publish(ModelVersion version, byte[] manifest, byte[] model) {
        requireWritable();
    }

    @Override
    public void promote(ModelPointer pointer) {
        requireWritable();
        production = pointer;
    }

    @Override
    public void withdraw() {
        requireWritable();
        production = null;
    }

    /// A model's manifest hash is that of its version's text; another one in the pointer is a bundle that was
    /// tampered with.
    @Override
    public ScoringModel load(ModelPointer pointer) {
        requireReachable();
        @Nullable ScoringModel model = models.get(pointer.version());
        if (model == null
                || !pointer.manifestHash()
                        .equals(ModelFixtures.pointer(pointer.version().value()).manifestHash())) {
            throw new UnusableModel("the bundle of version %s is damaged".formatted(pointer.version()));
        }
        return model;
    }

    @Override
    public ScoringModel load(ModelVersion version) {
        return load(ModelFixtures.pointer(version.value()));
    }

    private void requireWritable() {
        requireReachable();
        if (readOnly) {
            throw new ModelStoreUnavailable("the store in memory refuses writes");
        }
    }

    private void requireReachable() {
        if (!reachable) {
            throw new ModelStoreUnavailable("the store in memory is out of reach");
        }
    }
}
