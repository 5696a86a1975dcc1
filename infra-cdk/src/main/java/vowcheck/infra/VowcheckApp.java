package vowcheck.infra;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.Stage;

/// The CDK app: the two stacks of a stage.
///
/// Context: `stage` names the stage (default `local`), `notificationEmail` who gets the alarms (default nobody),
/// `allowedAddresses` or `authorization` who may reach the API (see [AllowedCallers]; default anyone, but on `prod`),
/// `mlflowPort` MLflow's port (default 5000), `functions` the functions' code, a zip or a folder (default the zip
/// that the build made), `trainingImage` and
/// `mlflowImage` the folders of the containers' Dockerfiles (default those of this repository).
public final class VowcheckApp {
    private static final String FUNCTIONS_ZIP = "../functions/lambda/target/vowcheck-functions.zip";

    private static final ServiceStack.Images IMAGES = new ServiceStack.Images("../functions/training", "../mlflow");

    private final DataStack data;
    private final ServiceStack service;

    /// Adds a stage's stacks to an app; `functions` is the code of every function.
    VowcheckApp(App app, Stage stage, Code functions, ServiceStack.Images images) {
        Tags.of(app).add("project", "vowcheck");
        Tags.of(app).add("stage", stage.name());
        data = new DataStack(
                app,
                "Data",
                stackProps(stage, DeployedStack.DATA)
                        .description("vowcheck: network, database, models, queues and secrets")
                        .build(),
                stage);
        service = new ServiceStack(
                app,
                "Service",
                stackProps(stage, DeployedStack.SERVICE)
                        .description("vowcheck: API, functions and alarms")
                        .build(),
                new ServiceStack.Parts(
                        stage,
                        functions,
                        images,
                        data.network(),
                        data.database(),
                        data.models(),
                        data.unlogged(),
                        data.access(),
                        data.tracking()));
    }

    static void main() {
        var app = new App();
        Stage stage;
        try {
            stage = stage(app, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("vowcheck: " + e.getMessage());
            System.exit(1);
            return;
        }
        var functions = contextValue(app, "functions");
        var trainingImage = contextValue(app, "trainingImage");
        var mlflowImage = contextValue(app, "mlflowImage");
        new VowcheckApp(
                app,
                stage,
                Code.fromAsset(functions == null ? FUNCTIONS_ZIP : functions),
                new ServiceStack.Images(
                        trainingImage == null ? IMAGES.training() : trainingImage,
                        mlflowImage == null ? IMAGES.mlflow() : mlflowImage));
        app.synth();
    }

    /// What must be kept when everything else is thrown away.
    public DataStack data() {
        return data;
    }

    /// What can be deployed anew at any time.
    public ServiceStack service() {
        return service;
    }

    private static Stage stage(App app, Map<String, String> environment) {
        var name = contextValue(app, "stage");
        var email = contextValue(app, "notificationEmail");
        var mlflowPort = contextValue(app, "mlflowPort");
        var stage = Stage.named(
                name == null ? "local" : name,
                environment.get("CDK_DEFAULT_ACCOUNT"),
                AllowedCallers.of(contextValue(app, "allowedAddresses"), contextValue(app, "authorization")),
                email == null ? List.of() : List.of(email));
        return mlflowPort == null ? stage : stage.withMlflowPort(Integer.parseInt(mlflowPort));
    }

    private static @Nullable String contextValue(App app, String key) {
        return (String) app.getNode().tryGetContext(key);
    }

    private static StackProps.Builder stackProps(Stage stage, DeployedStack stack) {
        return StackProps.builder()
                .stackName(stack.stackName(stage.name()))
                .env(stage.environment())
                .terminationProtection(stage.lasting());
    }
}
