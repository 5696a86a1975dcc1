package vowcheck.launcher;

import static org.awaitility.Awaitility.await;

import software.amazon.awssdk.services.ecs.EcsClient;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StackOutput;

/// Stops MLflow's container until this is closed.
final class StoppedMlflow implements AutoCloseable {

    private static final String SERVICE =
            ResourceNames.resource(LocalStage.NAME, DeployedContainer.MLFLOW.containerName());

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;

    StoppedMlflow(LocalSystem system) {
        this.system = system;
        mlflow = new MlflowOfOperators(system);
        scale(0);
        await().atMost(LocalSystem.PATIENCE).until(() -> !mlflow.answers());
    }

    @Override
    public void close() {
        scale(1);
        await().atMost(LocalSystem.PATIENCE).until(mlflow::answers);
    }

    private void scale(int containers) {
        try (var ecs = system.aws(EcsClient.builder())) {
            var cluster = system.deployment().output(StackOutput.TRAINING_CLUSTER_NAME);
            ecs.updateService(
                    request -> request.cluster(cluster).service(SERVICE).desiredCount(containers));
        }
    }
}
