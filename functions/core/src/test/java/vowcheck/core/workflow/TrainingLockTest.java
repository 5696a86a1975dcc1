package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingLockTest {

    private static final Execution ONE = new Execution("arn:aws:states:eu-west-1:1:execution:training:one");
    private static final Execution OTHER = new Execution("arn:aws:states:eu-west-1:1:execution:training:other");

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final TrainingLock lock = new TrainingLock(workflow, workflow);

    @BeforeEach
    void oneHoldsTheLock() {
        workflow.start(ONE);
        lock.take(ONE);
    }

    @Test
    void aSecondStartWaitsForNobody() {
        assertThatThrownBy(() -> lock.take(OTHER))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the training one is running, expected none");
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(ONE));
    }

    @Test
    void theHolderMayTakeItAgain() {
        lock.take(ONE);
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(ONE));
    }

    @Test
    void aReplayThatRunsIsNamed() {
        var replay = new Execution("arn:aws:states:eu-west-1:1:execution:vowcheck-dev-replay:year");
        lock.release(ONE);
        workflow.start(replay);
        lock.take(replay);

        assertThatThrownBy(
                        () -> lock.take(new Execution("arn:aws:states:eu-west-1:1:execution:vowcheck-dev-training:a")))
                .hasMessage("the replay year is running, expected none");
    }

    @Test
    void theTrainingsOfAReplayRunAsLongAsItHoldsTheLock() {
        lock.requireHeldBy(ONE);

        workflow.end(ONE);
        assertReplayHasEnded();
        workflow.start(ONE);
        lock.release(ONE);
        assertReplayHasEnded();
    }

    private void assertReplayHasEnded() {
        assertThatThrownBy(() -> lock.requireHeldBy(ONE))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the replay one has ended, and so must its trainings");
    }

    @Test
    void anExecutionThatEndedLosesTheLock() {
        workflow.end(ONE);
        lock.take(OTHER);
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void aLockThatCannotBeReadIsNobodys() {
        workflow.damageLock();
        lock.take(OTHER);
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void ofTwoThatTakeItOverOneIsRefused() {
        workflow.end(ONE);
        var seen = workflow.held().orElseThrow();
        assertThat(workflow.takeOver(OTHER, seen)).isTrue();
        assertThat(workflow.takeOver(new Execution("third"), seen)).isFalse();
    }

    @Test
    void aLockWhoseAnswerWasLostIsRecognisedAsTaken() {
        lock.release(ONE);

        new TrainingLock(new LostAnswers(workflow), workflow).take(OTHER);

        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void aLockWhoseTakeoverWasNotAnsweredIsRecognisedAsTaken() {
        workflow.end(ONE);

        new TrainingLock(new LostAnswers(workflow), workflow).take(OTHER);

        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void ofTwoThatTakeAFreedLockTheSlowerIsRefused() {
        lock.release(ONE);
        var faster = new LostAnswers(workflow) {
            @Override
            public boolean take(Execution execution) {
                return super.take(ONE);
            }
        };

        assertThatThrownBy(() -> new TrainingLock(faster, workflow).take(OTHER))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the training one is running, expected none");
    }

    @Test
    void aLockThatIsTakenOverWhileItIsReleasedStaysTaken() {
        workflow.end(ONE);
        var takenOver = new LostAnswers(workflow) {
            @Override
            public void free(Holder holder) {
                lock.take(OTHER);
                super.free(holder);
            }
        };

        new TrainingLock(takenOver, workflow).release(ONE);

        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void onlyTheHolderReleasesAndItsNameWillDo() {
        lock.release(OTHER);
        assertThat(workflow.held()).isPresent();
        lock.release(new Execution("one"));
        assertThat(workflow.held()).isEmpty();
    }

    /// Every write is made, and its repetition is refused.
    private static class LostAnswers implements LockObject {

        private final LockObject lock;

        LostAnswers(LockObject lock) {
            this.lock = lock;
        }

        @Override
        public Optional<Holder> held() {
            return lock.held();
        }

        @Override
        public boolean take(Execution execution) {
            lock.take(execution);
            return lock.take(execution);
        }

        @Override
        public boolean takeOver(Execution execution, Holder former) {
            lock.takeOver(execution, former);
            return lock.takeOver(execution, former);
        }

        @Override
        public void free(Holder holder) {
            lock.free(holder);
        }
    }
}
