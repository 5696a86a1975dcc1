package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.UnusableModel;

/// The model in production, as this process last saw it. It asks the store again when that is longer ago than
/// `refreshAge`, and keeps the model that it has when the store is out of reach or the new model cannot be used.
/// Thread-safe.
public final class CurrentModel {

    private static final Logger LOG = System.getLogger(CurrentModel.class.getName());

    private final ModelStore store;
    private final Duration refreshAge;
    private final InstantSource clock;

    private @Nullable ModelPointer pointer;
    private @Nullable ScoringModel model;
    private @Nullable Refusal refusal;
    private ShadowPointer shadow = NoShadow.NONE;
    private Instant checkedAt = Instant.MIN;

    public CurrentModel(ModelStore store, Duration refreshAge, InstantSource clock) {
        this.store = store;
        this.refreshAge = refreshAge;
        this.clock = clock;
    }

    /// The model to score with. If none has been loaded yet, throws [ModelStoreUnavailable] when the store does not
    /// answer, and [UnusableModel] when no model is in production or the one that is cannot be used.
    public synchronized ScoringModel model() {
        var now = clock.instant();
        if (model == null) {
            model = load(pointed());
            checkedAt = now;
        } else if (checkedAt.plus(refreshAge).isBefore(now)) {
            // A failed check counts, too: a store that is down must not slow every request.
            checkedAt = now;
            model = refreshed(model);
        }
        return model;
    }

    /// The model that is loaded, however long ago the store was asked. This method does not ask it.
    public synchronized Optional<ScoringModel> loaded() {
        return Optional.ofNullable(model);
    }

    /// The shadow that the pointer named when it was last read. This method does not ask the store.
    public synchronized ShadowPointer shadow() {
        return shadow;
    }

    /// Loads the model that the store has in production at this moment; it serves from now on. Throws what the store
    /// throws; the previous model continues to serve then.
    public synchronized ScoringModel newest() {
        var newest = pointed();
        if (model == null || !newest.equals(pointer)) {
            model = load(newest);
        }
        refusal = null; // a refused version is no longer in production
        checkedAt = clock.instant();
        return model;
    }

    /// Makes the next request ask the store. For a process that was stopped and does not know for how long.
    public synchronized void checkAgain() {
        checkedAt = Instant.MIN;
    }

    /// What could not be used when the store last answered: the model in production, or the pointer to it. Empty when
    /// the model that serves is the one in production.
    public synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    private ScoringModel refreshed(ScoringModel former) {
        try {
            var newest = pointed();
            if (!newest.equals(pointer)) {
                return load(newest);
            }
            refusal = null;
            return former;
        } catch (ModelStoreUnavailable | UnusableModel e) {
            LOG.log(
                    Level.WARNING,
                    "version {0} continues to serve: {1}",
                    former.manifest().version().value(),
                    e.getMessage());
            return former;
        }
    }

    private ModelPointer pointed() {
        try {
            var serving = store.serving();
            shadow = serving.shadow();
            return serving.production();
        } catch (UnusableModel e) {
            refusal = new Refusal(null, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private ScoringModel load(ModelPointer newest) {
        try {
            var loaded = store.load(newest.model());
            pointer = newest;
            refusal = null;
            return loaded;
        } catch (UnusableModel e) {
            refusal = new Refusal(newest.version(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// What the store has in production but this process cannot use. The model before it continues to serve; a
    /// process that has not loaded one serves none.
    ///
    /// @param version the version in production, or null where the pointer is missing or cannot be read
    /// @param reason one sentence about the bundle or the pointer
    public record Refusal(@Nullable ModelVersion version, String reason) {

        /// The version in production, as far as the pointer tells.
        public Optional<ModelVersion> refusedVersion() {
            return Optional.ofNullable(version);
        }
    }
}
