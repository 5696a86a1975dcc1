package vowcheck.infra;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.stage.ContextValues;
import vowcheck.infra.stage.Stage;
import vowcheck.infra.stage.Stages;

/// The CDK app: the two stacks of a stage.
///
/// [ContextKey] lists what may be said at a synthesis, and [Stages] what a stage must be told. The code of the
/// functions is that of the zips that the build made, and the images are those of this repository's Dockerfiles, unless
/// the context says otherwise.
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
        try {
            add(app, ContextValues.of(context(app)), System.getenv("CDK_DEFAULT_ACCOUNT"));
        } catch (IllegalArgumentException e) {
            System.err.println("vowcheck: " + e.getMessage());
            System.exit(1);
            return;
        }
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

    private static void add(App app, ContextValues context, @Nullable String account) {
        var stage = Stages.of(context, account);
        new VowcheckApp(
                app,
                stage,
                new ServiceStack.Artifacts(
                        new FunctionAssets(
                                code(context, ContextKey.FUNCTIONS, FunctionsZip.FUNCTIONS),
                                code(context, ContextKey.MLFLOW_FUNCTIONS, FunctionsZip.MLFLOW_FUNCTIONS)),
                        context.value(ContextKey.TRAINING_IMAGE).orElse(TRAINING_IMAGE),
                        context.value(ContextKey.MLFLOW_IMAGE).orElse(MLFLOW_IMAGE)));
    }

    private static Code code(ContextValues context, ContextKey key, FunctionsZip zip) {
        return Code.fromAsset(context.value(key).orElse("../" + FunctionsZip.FOLDER.resolve(zip.fileName())));
    }

    @SuppressWarnings("unchecked") // the context is a JSON object
    private static Map<String, ?> context(App app) {
        return (Map<String, ?>) app.getNode().getAllContext();
    }

    private static StackProps.Builder stackProps(Stage stage, DeployedStack stack) {
        return StackProps.builder()
                .stackName(stack.stackName(stage.name()))
                .env(stage.environment())
                .terminationProtection(stage.lasting());
    }
}
