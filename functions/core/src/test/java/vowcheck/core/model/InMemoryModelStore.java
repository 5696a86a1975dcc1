package vowcheck.core.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ShadowPointer.NoShadow;

/// A model store in memory that can be taken out of reach.
public final class InMemoryModelStore implements WritableModelStore {

    private final Map<ModelIdentity, ScoringModel> models = new LinkedHashMap<>();
    private final SequencedSet<ModelIdentity> published = new LinkedHashSet<>();
    private @Nullable ModelPointer production;
    private ShadowPointer shadow = NoShadow.NONE;
    private boolean reachable = true;
    private boolean readOnly;
    private boolean damaged;
    private Runnable meanwhile = () -> {};
    private Runnable afterwards = () -> {};

    /// Makes the pointer unreadable, until another one is written.
    public void damagePointer() {
        damaged = true;
    }

    /// Keeps a model and makes it the one that serves.
    public void promote(ScoringModel model) {
        publish(model);
        production = new ModelPointer(model.identity());
    }

    /// Keeps a model that does not serve yet.
    public void publish(ScoringModel model) {
        published.add(model.identity());
        models.put(model.identity(), model);
    }

    /// Puts a version into production that cannot be loaded, as if its bundle were damaged.
    public void promoteUnusable(String version) {
        publishUnusable(version);
        production = ModelFixtures.pointer(version);
    }

    /// Lists a version whose bundle is damaged.
    public void publishUnusable(String version) {
        published.add(ModelFixtures.identity(version));
    }

    /// Does something else just before the pointer is written next, as another program may.
    public void meanwhile(Runnable act) {
        meanwhile = act;
    }

    /// Does something else just after the pointer is written next.
    public void afterwards(Runnable act) {
        afterwards = act;
    }

    /// Puts a pointer there, whatever is there.
    public void promote(ModelPointer pointer) {
        production = pointer;
        damaged = false;
    }

    /// Removes the pointer, whatever is there.
    public void withdraw() {
        production = null;
        damaged = false;
    }

    /// Loses a model's bundle.
    public void lose(ModelIdentity model) {
        models.remove(model);
    }

    /// Whether the store answers from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// Whether the store refuses writes from now on.
    public void readOnly(boolean now) {
        readOnly = now;
    }

    /// Names a shadow, or says that it cannot be read.
    public void shadow(ShadowPointer named) {
        shadow = named;
    }

    /// The shadow that the pointer names.
    public ShadowPointer shadow() {
        return shadow;
    }

    @Override
    public ModelsInService serving() {
        var pointer = inProduction().orElseThrow(() -> new UnusableModel("the pointer in memory is missing"));
        return new ModelsInService(pointer, shadow);
    }

    @Override
    public Optional<ModelPointer> inProduction() {
        requireReachable();
        requireReadable();
        return Optional.ofNullable(production);
    }

    @Override
    public List<ModelIdentity> published(int most) {
        requireReachable();
        return published.reversed().stream().limit(most).toList();
    }

    @Override
    public List<ModelIdentity> published(ModelVersion version) {
        return published(Integer.MAX_VALUE).stream()
                .filter(model -> model.version().equals(version))
                .toList();
    }

    /// Keeps nothing: models come into this store as objects, not as bundles.
    @Override
    public ModelIdentity publish(ModelVersion version, byte[] manifest, byte[] model) {
        requireWritable();
        return new ModelIdentity(version, Sha256.of(manifest));
    }

    @Override
    public boolean replace(Optional<ModelPointer> serving, ModelPointer next, Consumer<ShadowPointer> endedShadow) {
        boolean first = isStill(serving);
        if (first) {
            promote(next);
            remain(shadow.beside(next.model()), endedShadow);
            var act = afterwards;
            afterwards = () -> {};
            act.run();
        }
        return first;
    }

    @Override
    public boolean withdraw(Optional<ModelPointer> serving, Consumer<ShadowPointer> endedShadow) {
        boolean first = isStill(serving);
        if (first) {
            withdraw();
            remain(NoShadow.NONE, endedShadow);
        }
        return first;
    }

    private void remain(ShadowPointer remaining, Consumer<ShadowPointer> endedShadow) {
        var former = shadow;
        shadow = remaining;
        if (!former.equals(remaining)) {
            endedShadow.accept(former);
        }
    }

    @Override
    public boolean shadow(ModelsInService serving, ShadowPointer next) {
        boolean first = isStill(Optional.of(serving.production()));
        if (first && shadow.equals(next)) {
            return true;
        }
        first = first && shadow.equals(serving.shadow());
        if (first) {
            shadow = next;
        }
        return first;
    }

    private boolean isStill(Optional<ModelPointer> serving) {
        requireWritable();
        var act = meanwhile;
        meanwhile = () -> {};
        act.run();
        return serving.equals(damaged ? Optional.empty() : Optional.ofNullable(production));
    }

    @Override
    public ScoringModel load(ModelIdentity identity) {
        requireReachable();
        @Nullable ScoringModel model = models.get(identity);
        if (model == null) {
            throw new UnusableModel("the bundle of version %s is damaged".formatted(identity.version()));
        }
        return model;
    }

    @Override
    public ScoringModel load(ModelVersion version) {
        requireReachable();
        var found = models.values().stream()
                .filter(model -> model.manifest().version().equals(version))
                .toList();
        if (found.size() != 1) {
            throw new UnusableModel("%d bundles have version %s, expected one".formatted(found.size(), version));
        }
        return found.getFirst();
    }

    private void requireWritable() {
        requireReachable();
        if (readOnly) {
            throw new ModelStoreUnavailable("the store in memory refuses writes");
        }
    }

    private void requireReadable() {
        if (damaged) {
            throw new UnusableModel("the pointer in memory cannot be read");
        }
    }

    private void requireReachable() {
        if (!reachable) {
            throw new ModelStoreUnavailable("the store in memory is out of reach");
        }
    }
}
