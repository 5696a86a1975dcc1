package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ModelsInService;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NoShadow;

class ShadowScoringTest {

    private static final Duration RETRY_AGE = Duration.ofSeconds(30);
    private static final ShadowPointer SHADOW = ModelFixtures.shadow("2");
    private static final ScoredApplication APPLICATION = new ScoredApplication(ModelFixtures.APPLICATION, 0.25);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final MovableClock clock = new MovableClock();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final CountingStore store = new CountingStore(models);
    private final ShadowScoring shadows = shadows(background::add, clock);

    @Test
    void withoutAShadowNothingIsReadAndNothingIsScored() {
        assertThat(score(NoShadow.NONE)).isSameAs(ShadowRun.OFF);
        assertThat(background).isEmpty();
    }

    @Test
    void aRequestDoesNotWaitForTheBundle() {
        models.publish(ModelFixtures.constant("2", 0.5));

        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.LOADING);
        assertThat(store.loads).hasValue(0);
        background.remove().run();

        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.SCORED);
    }

    @Test
    void everyApplicationHasAScoreInOrder() {
        models.publish(ModelFixtures.constant("2", 0.5));
        load();

        var run = shadows.score(SHADOW, Collections.nCopies(1001, APPLICATION));

        assertThat(run.scores()).hasSize(1001).allSatisfy(score -> {
            assertThat(score.version()).isEqualTo(new ModelVersion("2"));
            assertThat(score.probability()).isCloseTo(0.5, within(1e-6));
        });
    }

    @Test
    void oneBundleIsReadOnceWhileItIsBeingRead() {
        models.publish(ModelFixtures.constant("2", 0.5));

        score(SHADOW);
        clock.pass(RETRY_AGE.multipliedBy(10));
        score(SHADOW);

        assertThat(background).hasSize(1);
    }

    @Test
    void aBundleThatCannotBeUsedIsTriedAgainAfterTheRetryAge() {
        models.publishUnusable("2");
        load();
        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.FAILED);
        models.publish(ModelFixtures.constant("2", 0.5));

        clock.pass(RETRY_AGE);
        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(background).isEmpty();
        clock.pass(Duration.ofMillis(1));
        assertThat(score(SHADOW).state()).as("while it is read again").isEqualTo(ShadowRun.State.FAILED);
        background.remove().run();

        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.SCORED);
    }

    @Test
    void aStoreOutOfReachFailsTheShadowOnly() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.reachable(false);

        load();

        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.FAILED);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aModelThatBreaksWhileItIsReadFailsTheShadowOnlyAndIsTriedAgain(Error error) {
        models.publish(ModelFixtures.constant("2", 0.5));
        store.failure = error;
        score(SHADOW);
        background.remove().run();
        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.FAILED);

        store.failure = null;
        clock.pass(RETRY_AGE.plusMillis(1));
        load();

        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.SCORED);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aModelThatBreaksWhileItScoresFailsTheShadowOnlyAndIsTriedAgain(Error error) {
        models.publish(ModelFixtures.constant("2", 0.5));
        load();
        var broken = rows(1, () -> {
            throw error;
        });

        var run = shadows.score(SHADOW, broken);

        assertThat(run.state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(run.scores()).isEmpty();
        assertThat(score(SHADOW).state()).as("it rests").isEqualTo(ShadowRun.State.FAILED);
        clock.pass(RETRY_AGE.plusMillis(1));
        load();
        assertThat(score(SHADOW).state()).isEqualTo(ShadowRun.State.SCORED);
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("made for a test"),
                new NoClassDefFoundError("made/for/A/test"),
                new UnsatisfiedLinkError("made for a test"),
                new StackOverflowError(),
                new AssertionError("made for a test"));
    }

    @Test
    void nobodyWaitsOnForABundleThatCannotBeRead() throws Exception {
        store.failure = new NoClassDefFoundError("made/for/A/test");
        var begun = new CountDownLatch(1);
        var waiting = shadows(
                task -> Thread.ofVirtual().start(() -> {
                    await(begun);
                    task.run();
                }),
                clock);
        waiting.score(SHADOW, List.of(APPLICATION));
        var canary = Thread.ofVirtual().start(() -> waiting.await(Duration.ofDays(1)));

        begun.countDown();

        assertThat(canary.join(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void withoutAThreadToReadItTheShadowFailsOnly() {
        var without = shadows(
                _ -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                clock);

        assertThat(without.score(SHADOW, List.of(APPLICATION)).state()).isEqualTo(ShadowRun.State.FAILED);
    }

    @Test
    void aShadowThatCannotBeReadFromThePointerIsAFailure() {
        assertThat(score(new ShadowPointer.UnreadableShadow("made for a test")).state())
                .isEqualTo(ShadowRun.State.FAILED);
        assertThat(background).isEmpty();
    }

    @Test
    void aSlowShadowEndsWithinItsLimitAndRests() {
        models.publish(ModelFixtures.constant("2", 0.5));
        var reads = new AtomicInteger();
        InstantSource slow = () -> Instant.EPOCH.plus(Duration.ofMillis(15).multipliedBy(reads.getAndIncrement()));
        var slowed = shadows(Runnable::run, slow);
        slowed.score(SHADOW, List.of());
        int before = reads.get();

        var run = slowed.score(SHADOW, Collections.nCopies(10_000, APPLICATION));

        assertThat(run.state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(run.scores()).isEmpty();
        // 120 ms are eight readings of this clock; without an end there would be 157 of them.
        assertThat(reads.get() - before).isLessThan(15);
        assertThat(slowed.score(SHADOW, List.of(APPLICATION)).state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(store.loads).as("not read again yet").hasValue(1);
    }

    /// The clock moves by 15 ms with each reading; 20 applications may take 20.2 ms.
    @Test
    void aShadowThatIsSlowForEachApplicationEndsAfterTheFirstOnes() {
        models.publish(ModelFixtures.constant("2", 0.5));
        var reads = new AtomicInteger();
        var slowed = shadows(
                Runnable::run, () -> Instant.EPOCH.plus(Duration.ofMillis(15).multipliedBy(reads.getAndIncrement())));
        slowed.score(SHADOW, List.of());
        var scored = new AtomicInteger();
        var applications = rows(20, () -> {
            scored.incrementAndGet();
            return APPLICATION;
        });

        var run = slowed.score(SHADOW, applications);

        assertThat(run.state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(scored).hasValue(2);
    }

    @Test
    void anotherShadowIsReadAtOnce() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.publish(ModelFixtures.constant("3", 0.75));
        load();

        var next = ModelFixtures.shadow("3");
        assertThat(score(next).state()).isEqualTo(ShadowRun.State.LOADING);
        background.remove().run();

        assertThat(score(next).scores().getFirst().version()).isEqualTo(new ModelVersion("3"));
    }

    @Test
    void aBundleThatIsReadTooLateIsNotUsed() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.publish(ModelFixtures.constant("3", 0.75));
        score(SHADOW);
        score(ModelFixtures.shadow("3"));

        background.forEach(Runnable::run);

        assertThat(score(ModelFixtures.shadow("3")).scores().getFirst().version())
                .isEqualTo(new ModelVersion("3"));
    }

    @Test
    void aCallWithoutAClientWaitsUntilTheBundleIsRead() throws Exception {
        models.publish(ModelFixtures.constant("2", 0.5));
        var begun = new CountDownLatch(1);
        var waiting = shadows(
                task -> Thread.ofVirtual().start(() -> {
                    await(begun);
                    task.run();
                }),
                clock);
        assertThat(waiting.score(SHADOW, List.of(APPLICATION)).state()).isEqualTo(ShadowRun.State.LOADING);

        waiting.await(Duration.ZERO);
        assertThat(waiting.score(SHADOW, List.of(APPLICATION)).state()).isEqualTo(ShadowRun.State.LOADING);
        begun.countDown();
        waiting.await(Duration.ofMinutes(1));

        assertThat(waiting.score(SHADOW, List.of(APPLICATION)).state()).isEqualTo(ShadowRun.State.SCORED);
    }

    @Test
    void withoutAShadowNothingIsWaitedFor() {
        shadows.await(Duration.ofDays(1));
    }

    private ShadowScoring shadows(Executor executor, InstantSource time) {
        return new ShadowScoring(store, RETRY_AGE, executor, time);
    }

    private void load() {
        score(SHADOW);
        background.remove().run();
    }

    private ShadowRun score(ShadowPointer pointer) {
        return shadows.score(pointer, List.of(APPLICATION));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Counts the bundles that are read, and fails on demand.
    private static final class CountingStore implements ModelStore {

        private final ModelStore models;
        private final AtomicInteger loads = new AtomicInteger();
        private @Nullable Error failure;

        CountingStore(ModelStore models) {
            this.models = models;
        }

        @Override
        public ModelsInService serving() {
            return models.serving();
        }

        @Override
        public ScoringModel load(ModelIdentity model) {
            loads.incrementAndGet();
            @Nullable Error error = failure;
            if (error != null) {
                throw error;
            }
            return models.load(model);
        }

        @Override
        public ScoringModel load(ModelVersion version) {
            return models.load(version);
        }
    }

    /// So many applications, each of which is made when it is scored.
    private static List<ScoredApplication> rows(int size, Supplier<ScoredApplication> each) {
        return new AbstractList<>() {
            @Override
            public ScoredApplication get(int row) {
                return each.get();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
