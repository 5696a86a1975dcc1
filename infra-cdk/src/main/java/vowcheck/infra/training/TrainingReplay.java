package vowcheck.infra.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.StepFunctionsStartExecution;
import software.constructs.Construct;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.stage.Stage;

/// Runs the training workflow for one cutoff after another, as the months would have. Its input is
/// `{"cutoffs":[…],"restore":true}`; by default, the cutoffs are those of a year, and the stage says whether
/// what served before is put back at the end. It holds the training lock throughout.
///
/// Its output is `{"execution","cutoffs","restore","runs":[…],"restoration":{…}}`, with the outputs of the
/// trainings. It stops at the first failure, since the next training would have a different champion; what
/// served before is put back then, too.
public final class TrainingReplay extends Construct {
    /// A replay has the training lock for so long at most.
    static final Duration TIMEOUT = Duration.hours(16);

    private static final Duration TRAINING_TIMEOUT = Duration.minutes(75);

    private final TrainingWorkflow training;
    private final StateMachine machine;

    public TrainingReplay(
            Construct scope, String id, Stage stage, TrainingWorkflow training, UndeliveredEvents undelivered) {
        super(scope, id);
        this.training = training;
        machine = new WorkflowMachine(this, "Workflow", stage, Execution.REPLAY, TIMEOUT, definition(stage)).machine();
        EndedExecutions.restore(
                this,
                stage,
                "replay-ended",
                "Puts back what served before a replay that ended before it could do so",
                machine,
                training.promotion(),
                WorkflowStep.END_REPLAY,
                undelivered);
    }

    /// The state machine.
    public StateMachine machine() {
        return machine;
    }

    private IChainable definition(Stage stage) {
        var failed = failed();
        var begin = StepTask.of(
                this,
                "Begin",
                training.promotion(),
                WorkflowStep.BEGIN_REPLAY,
                Map.of(
                        WorkflowField.RESTORE_BY_DEFAULT,
                        stage.training().replayRestores(),
                        WorkflowField.APPROVAL_REQUIRED,
                        stage.training().approval() == Stage.Approval.REQUIRED),
                "$");
        begin.addCatch(failed, all("$.failure"));
        var each = software.amazon.awscdk.services.stepfunctions.Map.Builder.create(this, "EachCutoff")
                .itemsPath("$." + WorkflowField.CUTOFFS)
                .maxConcurrency(1)
                .resultPath("$." + WorkflowField.RUNS)
                .build();
        each.itemProcessor(train());
        each.addCatch(failed, all("$.failure"));
        var restore = StepTask.of(
                this,
                "Restore",
                training.promotion(),
                WorkflowStep.END_REPLAY,
                Map.of(),
                "$." + WorkflowField.RESTORATION);
        restore.addRetry(Retries.anyFailure());
        restore.addCatch(failed, all("$.failure"));
        return begin.next(each).next(restore);
    }

    private StepFunctionsStartExecution train() {
        var train = StepFunctionsStartExecution.Builder.create(this, "Train")
                .stateMachine(training.machine())
                .integrationPattern(IntegrationPattern.RUN_JOB)
                .input(TaskInput.fromObject(new TreeMap<>(Map.of(
                        WorkflowField.CUTOFF,
                        JsonPath.stringAt("$"),
                        WorkflowField.REASON,
                        TrainingRequest.REPLAY,
                        WorkflowField.REPLAY,
                        JsonPath.stringAt("$$.Execution.Id"),
                        WorkflowField.REPLAY_INPUT,
                        JsonPath.objectAt("$$.Execution.Input")))))
                .outputPath("$.Output")
                .taskTimeout(Timeout.duration(TRAINING_TIMEOUT))
                .build();
        // A training that failed is not retried.
        train.addRetry(Retries.starting());
        return train;
    }

    /// The end of every failure: what served before is put back, and the lock is released.
    private IChainable failed() {
        var fail = Fail.Builder.create(this, "Failed")
                .errorPath("$.failure.Error")
                .causePath("$.failure.Cause")
                .build();
        // The cause of the execution is JSON then.
        var cause = Pass.Builder.create(this, "CauseInJson")
                .parameters(new TreeMap<>(Map.of(
                        "Error", JsonPath.stringAt("$.failure.Error"),
                        "Cause", JsonPath.jsonToString(JsonPath.objectAt("$.causes")))))
                .resultPath("$.failure")
                .build();
        cause.next(fail);
        // The next execution puts back what served before.
        var restoreFailed =
                causes("RestoreFailed", WorkflowField.RESTORE_CAUSE, JsonPath.stringAt("$.restore_failure.Cause"));
        restoreFailed.next(cause);
        var restored = causes(
                "RestoredAfterFailure",
                WorkflowField.NOTES,
                JsonPath.objectAt("$." + WorkflowField.RESTORATION + "." + WorkflowField.NOTES));
        restored.next(cause);
        var restore = StepTask.of(
                this,
                "RestoreAfterFailure",
                training.promotion(),
                WorkflowStep.END_REPLAY,
                Map.of(),
                "$." + WorkflowField.RESTORATION);
        restore.addRetry(Retries.anyFailure());
        restore.addCatch(restoreFailed, all("$.restore_failure"));
        restore.next(restored);
        return restore;
    }

    /// The failure, with what became of the restoration.
    private Pass causes(String state, String field, Object value) {
        return Pass.Builder.create(this, state)
                .parameters(
                        new TreeMap<>(Map.of(WorkflowField.CAUSE, JsonPath.stringAt("$.failure.Cause"), field, value)))
                .resultPath("$.causes")
                .build();
    }

    private static CatchProps all(String resultPath) {
        return CatchProps.builder()
                .errors(List.of("States.ALL"))
                .resultPath(resultPath)
                .build();
    }
}
