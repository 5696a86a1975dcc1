package vowcheck.infra;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.Stage;

/// The CDK app: the two stacks of a stage.
///
/// Context values: `stage` names the stage (default `local`); `notificationEmail` gets the alarms (default nobody);
/// `allowedAddresses` or `authorization` restrict who may reach the API (see [AllowedCallers]; `prod` requires one
/// of them); `mlflowPort` is MLflow's port (default 5000); `functions` and `mlflowFunctions` are the code of the
/// functions, without and with MLflow's client, each a zip or a folder (default the zips that the build made);
/// `trainingImage` and `mlflowImage` are the folders of the containers' Dockerfiles (default those of this
/// repository).
public final class VowcheckApp {
    private static final String TRAINING_IMAGE = "../functions/training";
    private static final String MLFLOW_IMAGE = "../mlflow";

    private final DataStack data;
    private final ServiceStack service;

    /// Adds a stage's stacks to an app.
    VowcheckApp(App app, Stage stage, ServiceStack.Artifacts artifacts) {
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
                stage,
                artifacts,
                data);
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
        new VowcheckApp(
                app,
                stage,
                new ServiceStack.Artifacts(
                        new FunctionAssets(
                                code(app, "functions", FunctionsZip.FUNCTIONS),
                                code(app, "mlflowFunctions", FunctionsZip.MLFLOW_FUNCTIONS)),
                        contextValue(app, "trainingImage", TRAINING_IMAGE),
                        contextValue(app, "mlflowImage", MLFLOW_IMAGE)));
        app.synth();
    }

    /// The stack of the data.
    public DataStack data() {
        return data;
    }

    /// The stack of everything else.
    public ServiceStack service() {
        return service;
    }

    private static Stage stage(App app, Map<String, String> environment) {
        var email = contextValue(app, "notificationEmail");
        var mlflowPort = contextValue(app, ContextKey.MLFLOW_PORT);
        var stage = Stage.named(
                contextValue(app, ContextKey.STAGE, LocalStage.NAME),
                environment.get("CDK_DEFAULT_ACCOUNT"),
                AllowedCallers.of(contextValue(app, "allowedAddresses"), contextValue(app, "authorization")),
                email == null ? List.of() : List.of(email));
        return mlflowPort == null ? stage : stage.withMlflowPort(Integer.parseInt(mlflowPort));
    }

    private static Code code(App app, String key, FunctionsZip zip) {
        return Code.fromAsset(contextValue(app, key, "../" + FunctionsZip.FOLDER.resolve(zip.fileName())));
    }

    private static @Nullable String contextValue(App app, String key) {
        return (String) app.getNode().tryGetContext(key);
    }

    private static String contextValue(App app, String key, String otherwise) {
        var value = contextValue(app, key);
        return value == null ? otherwise : value;
    }

    private static StackProps.Builder stackProps(Stage stage, DeployedStack stack) {
        return StackProps.builder()
                .stackName(stack.stackName(stage.name()))
                .env(stage.environment())
                .terminationProtection(stage.lasting());
    }
}
