package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.launcher.setup.Progress;

class FollowerTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final FakeStepFunctions stepFunctions = new FakeStepFunctions();

    @Test
    void othersAreNamedAndAwaitedHoweverTheyEnd() {
        stepFunctions.add(WorkflowKind.REPLAY, "year", ExecutionStatus.RUNNING, NOW, "{}");
        stepFunctions.add(WorkflowKind.TRAINING, "of-the-year", ExecutionStatus.RUNNING, NOW, "{}");
        stepFunctions.endWhenLookedAt();

        assertThat(awaitOthers().lines().map(String::strip))
                .containsExactly(
                        "0s  a replay is running since %s: waiting for its end".formatted(RunState.onTheClock(NOW)),
                        "0s  a training is running since %s: waiting for its end".formatted(RunState.onTheClock(NOW)));
    }

    @Test
    void whereNoneRunsNothingIsAwaited() {
        stepFunctions.add(WorkflowKind.TRAINING, "ended", ExecutionStatus.SUCCEEDED, NOW, "{}");

        assertThat(awaitOthers()).isEmpty();
    }

    private String awaitOthers() {
        return Printed.by(out -> new Follower(
                        stepFunctions.executions(), new Progress(out, InstantSource.fixed(NOW), NOW), () -> false)
                .awaitOthers());
    }
}
