package vowcheck.infra;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.deployment.LocalStage;
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
    /// The repository, seen from the folder of `cdk.json`.
    private static final Path ROOT = Path.of("..");

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
        var products = new BuildProducts(ROOT, context);
        products.requireComplete();
        // The launcher compares the content of the sources before it deploys locally, which tells more than times do.
        if (!stage.name().equals(LocalStage.NAME)) {
            products.requireCurrent();
        }
        new VowcheckApp(
                app,
                stage,
                new ServiceStack.Artifacts(
                        new FunctionAssets(
                                code(products, FunctionsZip.FUNCTIONS), code(products, FunctionsZip.MLFLOW_FUNCTIONS)),
                        products.trainingImage().toString(),
                        products.mlflowImage().toString()));
    }

    private static Code code(BuildProducts products, FunctionsZip zip) {
        return Code.fromAsset(products.code(zip).toString());
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
