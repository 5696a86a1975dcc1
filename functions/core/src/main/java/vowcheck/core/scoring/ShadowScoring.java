package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;

/// Scores with the shadow beside the model in production. Whatever is wrong with the shadow costs its scores and
/// nothing else: its bundle is read in the background, requests do not wait for it, and one that does not load, throws
/// or takes too long rests for `retryAge` before it is read again. Thread-safe.
public final class ShadowScoring {

    private static final Logger LOG = System.getLogger(ShadowScoring.class.getName());

    /// The longest that a request may wait for the shadow: so much, and so much more for each of its applications. A
    /// model of the default's size takes a microsecond for each.
    private static final Duration LIMIT = Duration.ofMillis(20);

    private static final Duration LIMIT_PER_ROW = Duration.ofNanos(10_000);

    /// How many applications are scored between two looks at the clock.
    private static final int ROWS_BETWEEN_LOOKS = 64;

    private final ModelStore store;
    private final Duration retryAge;
    private final Executor background;
    private final InstantSource clock;

    private @Nullable ModelIdentity wanted;
    private @Nullable ScoringModel model;
    private @Nullable CountDownLatch attempt;
    private Instant triedAt = Instant.MIN;
    private boolean failed;

    /// @param retryAge how long after an attempt the bundle is read again
    /// @param background where it is read
    public ShadowScoring(ModelStore store, Duration retryAge, Executor background, InstantSource clock) {
        this.store = store;
        this.retryAge = retryAge;
        this.background = background;
        this.clock = clock;
    }

    /// The scores of a request's applications by the shadow that the pointer names. Throws nothing.
    ShadowRun score(ShadowPointer pointer, List<ScoredApplication> applications) {
        if (pointer instanceof NamedShadow shadow) {
            var ready = ready(shadow.model());
            return ready == null ? without() : scored(ready, applications);
        }
        return pointer instanceof UnreadableShadow ? ShadowRun.without(ShadowRun.State.FAILED) : ShadowRun.OFF;
    }

    /// Waits until the shadow's bundle is read, if it is being read, for at most so long. For calls without a client:
    /// while no call runs, a function is frozen and reads nothing.
    public void await(Duration limit) {
        @Nullable CountDownLatch current = attempt();
        try {
            if (current != null && !current.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "the bundle of the shadow is not read after {0}", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable CountDownLatch attempt() {
        return attempt;
    }

    private synchronized ShadowRun without() {
        return ShadowRun.without(failed ? ShadowRun.State.FAILED : ShadowRun.State.LOADING);
    }

    private synchronized @Nullable ScoringModel ready(ModelIdentity shadow) {
        if (!shadow.equals(wanted)) {
            wanted = shadow;
            model = null;
            attempt = null;
            triedAt = Instant.MIN;
            failed = false;
        }
        var now = clock.instant();
        if (model == null && attempt == null && triedAt.plus(retryAge).isBefore(now)) {
            triedAt = now;
            begin(shadow);
        }
        return model;
    }

    private void begin(ModelIdentity shadow) {
        var begun = new CountDownLatch(1);
        attempt = begun;
        try {
            background.execute(() -> {
                load(shadow);
                begun.countDown();
            });
        } catch (RuntimeException | OutOfMemoryError e) {
            failed(shadow, e);
        }
    }

    /// Reads the bundle. Code that nobody waits for must not fail unseen, and a model that is too large must not take
    /// the one that serves with it.
    private void load(ModelIdentity shadow) {
        try {
            ready(shadow, store.load(shadow));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            failed(shadow, e);
        }
    }

    private synchronized void ready(ModelIdentity shadow, ScoringModel loaded) {
        if (shadow.equals(wanted)) {
            model = loaded;
            attempt = null;
            failed = false;
            LOG.log(
                    Level.INFO,
                    "version {0} scores as the shadow",
                    shadow.version().value());
        }
    }

    private synchronized void failed(ModelIdentity shadow, Throwable cause) {
        if (shadow.equals(wanted)) {
            model = null;
            attempt = null;
            triedAt = clock.instant();
            failed = true;
            LOG.log(
                    Level.WARNING,
                    "version {0} does not score as the shadow, and is tried again after {1}: {2}",
                    shadow.version().value(),
                    retryAge,
                    cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    private ShadowRun scored(ScoringModel shadow, List<ScoredApplication> applications) {
        var begun = clock.instant();
        try {
            var end = begun.plus(LIMIT).plus(LIMIT_PER_ROW.multipliedBy(applications.size()));
            var version = shadow.manifest().version();
            var scores = new ArrayList<ShadowScore>(applications.size());
            for (var application : applications) {
                scores.add(new ShadowScore(version, shadow.probability(application.application())));
                if (scores.size() % ROWS_BETWEEN_LOOKS == 0 && clock.instant().isAfter(end)) {
                    throw new ShadowTooSlow(scores.size(), applications.size());
                }
            }
            var now = clock.instant();
            if (now.isAfter(end)) {
                // These scores are there; the next request must not wait as long.
                failed(shadow.identity(), new ShadowTooSlow(scores.size(), applications.size()));
            }
            return new ShadowRun(ShadowRun.State.SCORED, scores, Duration.between(begun, now));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            failed(shadow.identity(), e);
            return new ShadowRun(ShadowRun.State.FAILED, List.of(), Duration.between(begun, clock.instant()));
        }
    }

    /// The shadow took longer than a request may wait for it.
    private static final class ShadowTooSlow extends RuntimeException {

        ShadowTooSlow(int scored, int applications) {
            super("it took too long for %d of %d applications".formatted(scored, applications));
        }
    }
}
