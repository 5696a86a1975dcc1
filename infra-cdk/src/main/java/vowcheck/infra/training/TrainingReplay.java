package vowcheck.infra.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.Condition;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.Result;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.StepFunctionsStartExecution;
import software.constructs.Construct;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.infra.stage.Stage;

/// Runs the training workflow for one cutoff after another, as the months would have. Its input is
/// `{"cutoffs":[…]}`, by default those of a year. Its output is the list of the workflow's outputs. It stops at the
/// first failure, since the next training would have a different champion.
public final class TrainingReplay extends Construct {
    private static final LocalDate FIRST_CUTOFF = LocalDate.of(2025, 5, 1);
    private static final int MONTHS = 12;
    private static final Duration TRAINING_TIMEOUT = Duration.minutes(75);

    private final StateMachine machine;

    public TrainingReplay(Construct scope, String id, Stage stage, StateMachine training) {
        super(scope, id);
        machine = new WorkflowMachine(this, "Workflow", stage, "replay", Duration.hours(16), definition(training))
                .machine();
    }

    /// The state machine.
    public StateMachine machine() {
        return machine;
    }

    private IChainable definition(StateMachine training) {
        var train = StepFunctionsStartExecution.Builder.create(this, "Train")
                .stateMachine(training)
                .integrationPattern(IntegrationPattern.RUN_JOB)
                .input(TaskInput.fromObject(new TreeMap<>(
                        Map.of(WorkflowField.CUTOFF, JsonPath.stringAt("$"), WorkflowField.REASON, "replay"))))
                .outputPath("$.Output")
                .taskTimeout(Timeout.duration(TRAINING_TIMEOUT))
                .build();
        // A training that failed is not retried.
        train.addRetry(Retries.starting());
        var each = software.amazon.awscdk.services.stepfunctions.Map.Builder.create(this, "EachCutoff")
                .itemsPath("$.cutoffs")
                .maxConcurrency(1)
                .build();
        each.itemProcessor(train);
        each.addCatch(
                Fail.Builder.create(this, "Failed")
                        .errorPath("$.failure.Error")
                        .causePath("$.failure.Cause")
                        .build(),
                CatchProps.builder()
                        .errors(List.of("States.ALL"))
                        .resultPath("$.failure")
                        .build());
        var cutoffs = IntStream.range(0, MONTHS)
                .mapToObj(FIRST_CUTOFF::plusMonths)
                .map(LocalDate::toString)
                .toList();
        var year = Pass.Builder.create(this, "AYear")
                .result(Result.fromArray(cutoffs))
                .resultPath("$.cutoffs")
                .build();
        year.next(each);
        return Choice.Builder.create(this, "Cutoffs")
                .build()
                .when(Condition.isPresent("$.cutoffs"), each)
                .otherwise(year);
    }
}
