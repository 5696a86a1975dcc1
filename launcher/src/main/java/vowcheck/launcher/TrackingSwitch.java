package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.launcher.setup.LoggedCommands;

/// Brings MLflow up on a stage on AWS, or takes it down, by deploying the stage's service stack with another setting.
public final class TrackingSwitch {

    private final LocalFolder folder;

    public TrackingSwitch(LocalFolder folder) {
        this.folder = folder;
    }

    /// Deploys, which takes minutes.
    ///
    /// @param state `up` or `down`
    /// @param context what the stage is told besides, as `KEY=VALUE`
    public void turn(String stage, String state, List<String> context) throws IOException {
        Files.createDirectories(folder.logs());
        new CdkCli(new LoggedCommands(folder.logs()))
                .run(
                        "mlflow-deploy.log",
                        Map.of(),
                        arguments(stage, state, context).toArray(String[]::new));
    }

    /// The arguments of the CDK CLI. Only the service stack, and without a question: the user has asked for it.
    static List<String> arguments(String stage, String state, List<String> context) {
        var arguments = new ArrayList<>(List.of(
                "deploy", DeployedStack.SERVICE.stackName(stage), "--exclusively", "--require-approval", "never"));
        Stream.concat(
                        Stream.of(ContextKey.STAGE.text() + "=" + stage, ContextKey.MLFLOW.text() + "=" + state),
                        context.stream())
                .forEach(value -> arguments.addAll(List.of("--context", value)));
        return List.copyOf(arguments);
    }
}
