package vowcheck.infra.training;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.programs.ContainerTask;
import vowcheck.infra.stage.Stage;

/// Loads labelled rows from a file that an operator has uploaded to the bucket. The name of an execution is the id of
/// the import, which names the objects below `imports/`; the report there says what became of the file. Whoever may
/// start executions and write these objects needs no other right.
public final class ImportWorkflow extends Construct {
    /// Millions of rows take minutes. The task's connection ends with it, and PostgreSQL takes its rows back.
    private static final Duration LOAD_TIMEOUT = Duration.hours(2);

    private static final Duration TIMEOUT = Duration.hours(3);

    private final StateMachine machine;

    /// What the workflow is made of and works on.
    ///
    /// @param imageFolder where the training's Dockerfile is
    public record Props(
            Stage stage,
            String imageFolder,
            ICluster cluster,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            TombstoneSecret tombstones) {}

    public ImportWorkflow(Construct scope, String id, Props props) {
        super(scope, id);
        var task = new ImportTask(
                this,
                "Import",
                new ImportTask.Props(
                        props.stage(),
                        props.imageFolder(),
                        props.network(),
                        props.database(),
                        props.models(),
                        props.tombstones()));
        var load = task.task()
                .run(
                        this,
                        "Load",
                        props.cluster(),
                        LOAD_TIMEOUT,
                        List.of(ContainerTask.told(Setting.IMPORT_ID, "$$.Execution.Name")));
        // A task that ran and failed is not repeated: the report says why. One that refuses its file succeeds.
        load.addRetry(Retries.capacity());
        machine = new WorkflowMachine(this, "Workflow", props.stage(), ResourceNames.IMPORT_WORKFLOW, TIMEOUT, load)
                .machine();
    }

    /// The workflow; it needs no input.
    public StateMachine machine() {
        return machine;
    }
}
