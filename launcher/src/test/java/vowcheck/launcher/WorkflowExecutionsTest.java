package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

class WorkflowExecutionsTest {

    private static final int TRAININGS = 250;
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final FakeStepFunctions stepFunctions = new FakeStepFunctions();
    private final WorkflowExecutions executions = stepFunctions.executions();

    @BeforeEach
    void manyTrainingsHaveEnded() {
        for (int i = 0; i < TRAININGS; i++) {
            stepFunctions.add(
                    WorkflowKind.TRAINING,
                    "training-%03d".formatted(i),
                    ExecutionStatus.SUCCEEDED,
                    START.plusSeconds(i),
                    "{\"drift_report\":\"report-%03d\"}".formatted(i));
        }
    }

    @Test
    void theOneThatRunsIsFoundWithoutListingThoseThatHaveEnded() {
        assertThat(executions.running()).isEmpty();
        assertThat(stepFunctions.lists()).isEqualTo(WorkflowKind.values().length);

        stepFunctions.add(WorkflowKind.REPLAY, "year", ExecutionStatus.RUNNING, START, "{}");

        assertThat(executions.running()).map(it -> it.execution().name()).hasValue("year");
        assertThatThrownBy(() -> executions.start(WorkflowKind.TRAINING, new JsonObject()))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("a replay is running since %s: follow it with ./vowcheck follow year,"
                                .formatted(RunState.onTheClock(START))
                        + " and start again when it has ended");
    }

    /// It has no lock while it waits.
    @Test
    void aTrainingThatWaitsForApprovalHindersNoOther() {
        stepFunctions.add(WorkflowKind.TRAINING, "approved", ExecutionStatus.RUNNING, START, "{}");
        stepFunctions.awaitApproval("approved", "3");

        assertThat(executions.running()).isEmpty();
        assertThat(executions.waiting())
                .map(WaitingTraining::sentence)
                .containsExactly(
                        "version 3, trained since %s: ./vowcheck approve 3 --reason TEXT, or the same with --reject"
                                .formatted(RunState.onTheClock(START)));
    }

    @Test
    void onAStageOnAwsTheCommandThatFollowsNamesTheStage() {
        var ofDev = new FakeStepFunctions(StageName.DEV);
        ofDev.add(WorkflowKind.TRAINING, "monthly", ExecutionStatus.RUNNING, START, "{}");

        assertThat(ofDev.executions().running())
                .map(StartedWorkflow::followCommand)
                .hasValue("./vowcheck follow monthly --stage dev");
    }

    @Test
    void theNewestOneIsOnTheFirstPage() {
        assertThat(executions.newest()).map(it -> it.execution().name()).hasValue("training-249");
        assertThat(stepFunctions.lists()).isEqualTo(WorkflowKind.values().length);
    }

    @Test
    void theTrainingOfADriftReportIsAmongTheNewestOfOnePage() {
        assertThat(executions.ofDriftReport("report-248"))
                .map(it -> it.execution().name())
                .hasValue("training-248");
        assertThat(executions.ofDriftReport("report-000")).isEmpty();
        assertThat(stepFunctions.lists()).isEqualTo(2);
    }

    @Test
    void anOldOneIsFoundByTheBeginningOfItsName() {
        assertThat(executions.named("training-000").execution().name()).isEqualTo("training-000");
        assertThatThrownBy(() -> executions.named("training-00"))
                .hasMessage("10 trainings begin with 'training-00', expected one: give more of its name");
        assertThatThrownBy(() -> executions.named("year")).hasMessage("there is no training or replay 'year'");
    }
}
