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
import vowcheck.core.model.UnusableModel;

/// The model in production, as far as this process knows: asks the store again when its knowledge is older
/// than `refreshAge`, and goes on with the model it has when the store is out of reach or offers one that
/// cannot be used. Thread-safe.
public final class CurrentModel {

    private static final Logger LOG = System.getLogger(CurrentModel.class.getName());

    private final ModelStore store;
    private final Duration refreshAge;
    private final InstantSource clock;

    private @Nullable ModelPointer pointer;
    private @Nullable ScoringModel model;
    private @Nullable Refusal refusal;
    private Instant checkedAt = Instant.MIN;

    public CurrentModel(ModelStore store, Duration refreshAge, InstantSource clock) {
        this.store = store;
        this.refreshAge = refreshAge;
        this.clock = clock;
    }

    /// The model to score with. Before there is one, throws [ModelStoreUnavailable] when the store does not
    /// answer or has no model in production, and [UnusableModel] when that model cannot be used.
    public synchronized ScoringModel model() {
        var now = clock.instant();
        if (model == null) {
            model = load(store.production());
            checkedAt = now;
        } else if (checkedAt.plus(refreshAge).isBefore(now)) {
            // Even a failed check counts: a store that is down must not slow every request.
            checkedAt = now;
            model = refreshed(model);
        }
        return model;
    }

    /// The model that is loaded, however old the knowledge of it: the store is not asked.
    public synchronized Optional<ScoringModel> loaded() {
        return Optional.ofNullable(model);
    }

    /// The model that the store has in production at this moment, which serves from now on. Throws what the
    /// store throws; the model that served goes on then.
    public synchronized ScoringModel newest() {
        var newest = store.production();
        if (model == null || !newest.equals(pointer)) {
            model = load(newest);
        }
        refusal = null; // whatever was refused is in production no more
        checkedAt = clock.instant();
        return model;
    }

    /// Whatever is known counts as too old from now on: the next request asks the store. For a process that
    /// was stopped and does not know for how long.
    public synchronized void checkAgain() {
        checkedAt = Instant.MIN;
    }

    /// The version that was refused when it was last looked for; empty when what serves is what is in
    /// production.
    public synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    private ScoringModel refreshed(ScoringModel former) {
        try {
            var newest = store.production();
            if (!newest.equals(pointer)) {
                return load(newest);
            }
            refusal = null;
            return former;
        } catch (ModelStoreUnavailable | UnusableModel e) {
            LOG.log(
                    Level.WARNING,
                    "version {0} goes on serving: {1}",
                    former.manifest().version().value(),
                    e.getMessage());
            return former;
        }
    }

    private ScoringModel load(ModelPointer newest) {
        try {
            var loaded = store.load(newest);
            pointer = newest;
            refusal = null;
            return loaded;
        } catch (UnusableModel e) {
            refusal = new Refusal(newest.version(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// A version that is said to be in production and cannot be used, so that its predecessor goes on serving.
    ///
    /// @param reason one sentence about the bundle
    public record Refusal(ModelVersion version, String reason) {}
}
