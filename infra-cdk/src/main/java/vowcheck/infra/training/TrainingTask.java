package vowcheck.infra.training;

import java.util.EnumMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.ServiceStack;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.programs.ContainerTask;

/// The container task that trains a model, writes its bundle and registers it. Which cutoff, its runner says,
/// in the settings `TRAINING_CUTOFF` and `TRAINING_EXECUTION`.
public final class TrainingTask extends Construct {
    /// One virtual CPU: training is over in seconds as it is.
    private static final int CPU = 1024;

    /// What Fargate gives one virtual CPU at least; training takes a quarter of it.
    private static final int MEMORY_MIB = 2048;

    /// Where the image has its classes and their resources.
    private static final String CODE_FOLDER = "/training/classes";

    private final FargateTaskDefinition definition;
    private final ContainerDefinition container;

    TrainingTask(Construct scope, String id, ServiceStack.Parts parts, TrackingServer tracking) {
        super(scope, id);
        var task = new ContainerTask(
                this,
                "Task",
                new ContainerTask.Props(parts.stage(), "training", "What training may do", CPU, MEMORY_MIB));
        definition = task.definition();
        var settings = new EnumMap<Setting, String>(parts.database().settings(CODE_FOLDER, DatabaseRole.TRAINING));
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        settings.putAll(tracking.settings());
        container = task.add(
                parts.images().training(),
                ContainerDefinitionOptions.builder()
                        .environment(ContainerTask.environment(settings))
                        // Long enough to write down why it ended.
                        .stopTimeout(Duration.seconds(30)));
        parts.database().grantLogin(DatabaseRole.TRAINING, definition.getTaskRole());
        tracking.grantUse(definition.getTaskRole());
        parts.models().grantModelReads(definition.getTaskRole());
        parts.models().grantTrainingWrites(definition.getTaskRole());
        task.explainToNag();
    }

    /// What to run.
    public FargateTaskDefinition definition() {
        return definition;
    }

    /// Whose environment the runner completes.
    public ContainerDefinition container() {
        return container;
    }
}
