package vowcheck.core.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static vowcheck.core.readiness.ReadinessPart.DATABASE;
import static vowcheck.core.readiness.ReadinessPart.MODEL;
import static vowcheck.core.readiness.ReadinessPart.QUEUE;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.readiness.ReadinessReport.Entry;
import vowcheck.core.readiness.ReadinessReport.Result;
import vowcheck.core.scoring.MovableClock;

class ReadinessTest {

    private static final ReadinessFinding MODEL_7 = new ReadinessFinding.UsableModel(new ModelVersion("7"));
    private static final ReadinessFinding EMPTY_QUEUE = new ReadinessFinding.QueueDepth(0, 0);
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final MovableClock clock = new MovableClock();

    @Test
    void itIsReadyIfEveryPartWorks() {
        var report = readiness(() -> MODEL_7, () -> new ReadinessFinding.WritableDatabase(9))
                .report();

        assertThat(report.ready()).isTrue();
        assertThat(report.entries())
                .containsExactly(
                        works(MODEL, MODEL_7),
                        works(DATABASE, new ReadinessFinding.WritableDatabase(9)),
                        works(QUEUE, EMPTY_QUEUE));
    }

    @Test
    void aPartThatFailsSaysWhyAndTheOthersAreLookedAtAllTheSame() {
        var report = readiness(() -> MODEL_7, () -> {
                    throw new NotReady("accepts no writes");
                })
                .report();

        assertThat(report.ready()).isFalse();
        assertThat(report.entries())
                .containsExactly(
                        works(MODEL, MODEL_7), fails(DATABASE, "accepts no writes"), works(QUEUE, EMPTY_QUEUE));
    }

    @Test
    void anUnexpectedFailureShowsNoInternals() {
        var report = readiness(() -> MODEL_7, () -> {
                    throw new IllegalStateException("host 10.0.0.1");
                })
                .report();

        assertThat(report.entries()).contains(fails(DATABASE, "could not be looked at: the log has the cause"));
    }

    @Test
    void anErrorDoesNotHideTheOtherParts() {
        var report = readiness(() -> MODEL_7, () -> {
                    throw new NoClassDefFoundError("org/postgresql/Driver");
                })
                .report();

        assertThat(report.entries())
                .containsExactly(
                        works(MODEL, MODEL_7),
                        fails(DATABASE, "could not be looked at: the log has the cause"),
                        works(QUEUE, EMPTY_QUEUE));
    }

    @Test
    @Timeout(10) // far more than the limit, and for ever if the report waited for the probes
    void partsThatHangAreGivenUp() {
        var finding = new CompletableFuture<ReadinessFinding>();
        ReadinessProbe hangs = finding::join; // which no interrupt ends, like reading from a socket

        var report = readiness(hangs, hangs).report();

        assertThat(report.ready()).isFalse();
        assertThat(report.entries())
                .extracting(Entry::part, Entry::result, Entry::took)
                .containsExactly(
                        tuple(MODEL, givenUp(), LIMIT),
                        tuple(DATABASE, givenUp(), LIMIT),
                        tuple(QUEUE, new Result.Works(EMPTY_QUEUE), Duration.ZERO));
        finding.complete(MODEL_7);
    }

    private Readiness readiness(ReadinessProbe model, ReadinessProbe database) {
        return new Readiness(Map.of(QUEUE, () -> EMPTY_QUEUE, DATABASE, database, MODEL, model), LIMIT, clock);
    }

    private static Result givenUp() {
        return new Result.Fails("did not answer within 200 milliseconds");
    }

    private static Entry works(ReadinessPart part, ReadinessFinding finding) {
        return new Entry(part, new Result.Works(finding), Duration.ZERO);
    }

    private static Entry fails(ReadinessPart part, String reason) {
        return new Entry(part, new Result.Fails(reason), Duration.ZERO);
    }
}
