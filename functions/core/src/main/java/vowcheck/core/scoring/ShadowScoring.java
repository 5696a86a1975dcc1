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

/// Scores with the shadow beside the model in production. A fault of the shadow costs its own scores and
/// nothing else. Its bundle is read in the background, and requests do not wait for it. A shadow that cannot be
/// loaded, throws or takes too long is left out for `retryAge` and then read again. Thread-safe.
public final class ShadowScoring {

    private static final Logger LOG = System.getLogger(ShadowScoring.class.getName());

    /// A request waits at most this long for the shadow, and [#LIMIT_PER_ROW] longer for each of its
    /// applications. A model of the default size takes a microsecond for each.
    private static final Duration LIMIT = Duration.ofMillis(20);

    private static final Duration LIMIT_PER_ROW = Duration.ofNanos(10_000);

    /// The clock is read after 1, 2, 4, … applications, and after so many at the latest: a slow shadow is
    /// noticed early, and a fast one costs few readings.
    private static final int MOST_ROWS_BETWEEN_LOOKS = 64;

    private final ModelStore store;
    private final Duration retryAge;
    private final Executor background;
    private final InstantSource clock;

    private @Nullable ModelIdentity wanted;
    private @Nullable ScoringModel model;
    private @Nullable CountDownLatch attempt;
    private Instant triedAt = Instant.MIN;
    private boolean failed;

    /// @param retryAge the time between two attempts to read the bundle
    /// @param background runs the reading
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

    /// If the shadow's bundle is being read, waits for its end, but no longer than `limit`. For calls that no
    /// client waits for: a function is frozen while it answers no call, and then reads nothing.
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
            background.execute(() -> load(shadow, begun));
        } catch (RuntimeException | Error e) {
            failed(shadow, e);
        }
    }

    /// Reads the bundle. Every error is caught, here and where the shadow scores: `OutOfMemoryError` of a model
    /// that is too large, `NoClassDefFoundError` of one that needs what this build lacks, and any other. None
    /// is a reason to fail an answer, or to end this thread without a word. In a process that is truly broken,
    /// the model in production fails as well.
    private void load(ModelIdentity shadow, CountDownLatch begun) {
        try {
            ready(shadow, store.load(shadow));
        } catch (RuntimeException | Error e) {
            failed(shadow, e);
        } finally {
            begun.countDown();
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
                if (isLook(scores.size()) && clock.instant().isAfter(end)) {
                    throw new ShadowTooSlow(scores.size(), applications.size());
                }
            }
            var now = clock.instant();
            if (now.isAfter(end)) {
                // All are scored, so they are stored; the next request must not wait as long.
                failed(shadow.identity(), new ShadowTooSlow(scores.size(), applications.size()));
            }
            return new ShadowRun(ShadowRun.State.SCORED, scores, Duration.between(begun, now));
        } catch (RuntimeException | Error e) {
            failed(shadow.identity(), e);
            return new ShadowRun(ShadowRun.State.FAILED, List.of(), Duration.between(begun, clock.instant()));
        }
    }

    private static boolean isLook(int scored) {
        return scored % MOST_ROWS_BETWEEN_LOOKS == 0 || Integer.bitCount(scored) == 1;
    }

    /// The shadow took longer than a request may wait for it.
    private static final class ShadowTooSlow extends RuntimeException {

        ShadowTooSlow(int scored, int applications) {
            super("it took too long for %d of %d applications".formatted(scored, applications));
        }
    }
}
