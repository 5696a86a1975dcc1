package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The execution `one` runs and has claimed the month.
class TrainingClaimsTest {

    private static final TrainingCause MONTH = TrainingCause.month("2025-06-01T01:00:00Z");
    private static final Execution ONE = execution("one");
    private static final Execution OTHER = execution("other");
    private static final Execution THIRD = execution("third");

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final TrainingClaims claims = new TrainingClaims(workflow, workflow);

    @BeforeEach
    void oneHasTheMonth() {
        for (var execution : new Execution[] {ONE, OTHER, THIRD}) {
            workflow.start(execution);
        }
        assertThat(claims.claim(MONTH, ONE)).isEmpty();
    }

    @Test
    void aDuplicateOfARunningTrainingTrainsNothing() {
        assertThat(claims.claim(MONTH, OTHER)).hasValue(ONE);
        assertHolder(ONE);
    }

    @Test
    void aCauseThatHasItsModelIsNotTrainedAgain() {
        workflow.succeed(ONE);
        assertThat(claims.claim(MONTH, OTHER)).hasValue(ONE);
    }

    @Test
    void aCauseWhoseTrainingFailedIsClaimedAgainByOne() {
        workflow.end(ONE);
        assertThat(claims.claim(MONTH, OTHER)).isEmpty();
        assertThat(claims.claim(MONTH, THIRD)).hasValue(OTHER);
    }

    @Test
    void aCauseWhoseTrainingNobodyKnowsIsClaimedAgain() {
        workflow.forget(ONE);
        assertThat(claims.claim(MONTH, OTHER)).isEmpty();
        assertHolder(OTHER);
    }

    @Test
    void aClaimThatCannotBeReadIsClaimedAgain() {
        workflow.damageClaim(MONTH);
        assertThat(claims.claim(MONTH, OTHER)).isEmpty();
        assertHolder(OTHER);
    }

    @Test
    void theSameExecutionKeepsItsClaim() {
        assertThat(claims.claim(MONTH, ONE)).isEmpty();
        assertHolder(ONE);
    }

    @Test
    void aRedrivenExecutionTrainsUnlessAnotherHasClaimedItsCause() {
        workflow.end(ONE);
        workflow.start(ONE);
        assertThat(claims.claim(MONTH, ONE)).isEmpty();

        workflow.end(ONE);
        claims.claim(MONTH, OTHER);
        workflow.start(ONE);
        assertThat(claims.claim(MONTH, ONE)).hasValue(OTHER);
    }

    @Test
    void anotherCauseIsAnotherTraining() {
        assertThat(claims.claim(TrainingCause.month("2025-07-01T01:00:00Z"), OTHER))
                .isEmpty();
        assertThat(claims.claim(TrainingCause.driftReport("2025-06-01T01:00:00Z"), THIRD))
                .isEmpty();
    }

    @Test
    void ofTwoThatClaimAgainAtOnceOneTrains() {
        workflow.end(ONE);
        var late = new TrainingClaims(new Interrupted(() -> {}, () -> claims.claim(MONTH, OTHER)), workflow);

        assertThat(late.claim(MONTH, THIRD)).hasValue(OTHER);
        assertHolder(OTHER);
    }

    @Test
    void aClaimThatIsDeletedMeanwhileIsClaimed() {
        var late = new TrainingClaims(new Interrupted(() -> workflow.deleteClaim(MONTH), () -> {}), workflow);

        assertThat(late.claim(MONTH, OTHER)).isEmpty();
        assertHolder(OTHER);
    }

    @Test
    void aClaimThatNeverRestsIsReported() {
        workflow.end(ONE);
        var never = new TrainingClaims(new Interrupted(() -> {}, () -> workflow.damageClaim(MONTH)), workflow);

        assertThatThrownBy(() -> never.claim(MONTH, OTHER))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("the claim of month-2025-06 is changed by other executions");
    }

    private void assertHolder(Execution execution) {
        assertThat(workflow.claimed(MONTH))
                .hasValueSatisfying(holder -> assertThat(holder.is(execution)).isTrue());
    }

    private static Execution execution(String name) {
        return new Execution("arn:aws:states:eu-west-1:1:execution:training:" + name);
    }

    /// Another execution acts right before this one reads a claim, or claims again.
    private final class Interrupted implements ClaimObjects {

        private final Runnable beforeRead;
        private final Runnable beforeClaimAgain;

        Interrupted(Runnable beforeRead, Runnable beforeClaimAgain) {
            this.beforeRead = beforeRead;
            this.beforeClaimAgain = beforeClaimAgain;
        }

        @Override
        public Optional<Holder> claimed(TrainingCause cause) {
            beforeRead.run();
            return workflow.claimed(cause);
        }

        @Override
        public boolean claim(TrainingCause cause, Execution execution) {
            return workflow.claim(cause, execution);
        }

        @Override
        public boolean claimAgain(TrainingCause cause, Execution execution, Holder former) {
            beforeClaimAgain.run();
            return workflow.claimAgain(cause, execution, former);
        }
    }
}
