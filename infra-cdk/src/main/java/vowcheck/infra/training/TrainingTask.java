package vowcheck.infra.training;

import java.util.Locale;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.constructs.Construct;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.programs.ContainerTask;
import vowcheck.infra.programs.MlflowAccess;
import vowcheck.infra.stage.Stage;

/// The container task that trains a model, writes its bundle and registers it. The workflow gives each run its
/// cutoff, its reason and what else it is told, see [TrainingStates].
public final class TrainingTask extends Construct {
    /// Where the image has its classes and resources.
    static final String CODE_FOLDER = "/training/classes";

    private final ContainerTask task;

    /// What the task is made of and works on.
    ///
    /// @param imageFolder where its Dockerfile is
    record Props(
            Stage stage,
            String imageFolder,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            MlflowAccess mlflow) {}

    TrainingTask(Construct scope, String id, Props props) {
        super(scope, id);
        var size = props.stage().training().size();
        task = new ContainerTask(
                this,
                "Task",
                new ContainerTask.Props(
                        props.stage(),
                        props.network(),
                        DeployedContainer.TRAINING,
                        "What training may do",
                        CODE_FOLDER,
                        size.cpu(),
                        size.memoryMib()));
        task.heap(size.heapMib());
        Annotations.of(this)
                .addInfoV2(
                        "vowcheck:training-size",
                        String.format(
                                Locale.ROOT,
                                "the training task, with a cpu of %d and %,d MiB, is good for %,d labelled rows",
                                size.cpu(),
                                size.memoryMib(),
                                size.rows()));
        task.worksAs(props.database(), DatabaseRole.TRAINING);
        task.callsMlflow(props.mlflow());
        task.readsModels(props.models());
        props.models().grantTrainingWrites(task.grantee());
        task.set(
                Setting.TRAINING_FAULTY_ROWS_SHARE,
                Double.toString(props.stage().training().faultyRowsShare()));
        task.set(
                Setting.TRAINING_LEAST_OVERLAP,
                Double.toString(props.stage().training().leastOverlap()));
        task.add(
                props.imageFolder(),
                ContainerDefinitionOptions.builder()
                        // Long enough to record why it was stopped.
                        .stopTimeout(Duration.seconds(30)));
        task.explainToNag();
    }

    /// The task.
    ContainerTask task() {
        return task;
    }
}
