package vowcheck.infra.training;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.constructs.Construct;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.programs.ContainerTask;
import vowcheck.infra.stage.Stage;

/// The container task that loads labelled rows from a file in the bucket, as the database role that may only add
/// them. It runs another program of the training's image. The workflow names the file in the setting `IMPORT_ID`.
final class ImportTask extends Construct {
    /// Half a virtual CPU: the database does the greater part of the work.
    private static final int CPU = 512;

    /// The least that Fargate offers with it; memory holds a portion of the rows, however many there are.
    private static final int MEMORY_MIB = 1024;

    /// It holds a portion of the rows.
    private static final int HEAP_MIB = 192;

    private final ContainerTask task;

    /// What the task is made of and works on.
    ///
    /// @param imageFolder where the training's Dockerfile is
    record Props(
            Stage stage,
            String imageFolder,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            TombstoneSecret tombstones) {}

    ImportTask(Construct scope, String id, Props props) {
        super(scope, id);
        task = new ContainerTask(
                this,
                "Task",
                new ContainerTask.Props(
                        props.stage(),
                        props.network(),
                        DeployedContainer.IMPORT,
                        "What an import of labelled rows may do",
                        TrainingTask.CODE_FOLDER,
                        CPU,
                        MEMORY_MIB));
        task.heap(HEAP_MIB);
        task.worksAs(props.database(), DatabaseRole.IMPORT);
        task.readsSecret(Setting.TOMBSTONE_KEY_SECRET, props.tombstones().key());
        task.set(Setting.MODEL_BUCKET, props.models().bucket().getBucketName());
        props.models().grantImport(task.grantee());
        task.add(
                props.imageFolder(),
                ContainerDefinitionOptions.builder()
                        .command(List.of(DeployedContainer.IMPORT_PROGRAM))
                        // PostgreSQL takes back what a stopped task has not committed.
                        .stopTimeout(Duration.seconds(30)));
        task.explainToNag();
    }

    /// The task; the workflow tells each run the settings named above.
    ContainerTask task() {
        return task;
    }
}
