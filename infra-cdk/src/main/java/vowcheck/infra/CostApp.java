package vowcheck.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.infra.cost.CostTable;
import vowcheck.infra.cost.PriceList;
import vowcheck.infra.cost.StageCost;
import vowcheck.infra.cost.UnpricedResource;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.stage.ContextValues;
import vowcheck.infra.stage.Stages;

/// Writes what a stage costs to a file: `./vowcheck cost` starts it in the folder of the CDK app. It needs neither an
/// account nor anything built besides itself: the programs do not matter to the sum.
final class CostApp {
    /// Mandatory on some stages, and of no influence on the costs.
    private static final Map<String, String> OF_NO_INFLUENCE = Map.of(
            ContextKey.ALLOWED_ADDRESSES.text(), "203.0.113.0/24",
            ContextKey.NOTIFICATION_EMAIL.text(), "you@example.org");

    private static final String ANY_CODE = "src/main/resources";
    private static final String ANY_IMAGE = "../mlflow";

    private CostApp() {}

    /// @param arguments the file to write, the stage, how many predictions a month, and what else the stage is told,
    ///     as `KEY=VALUE`
    static void main(String... arguments) throws IOException {
        try {
            var context = new HashMap<>(OF_NO_INFLUENCE);
            Arrays.stream(arguments)
                    .skip(3)
                    .map(text -> text.split("=", 2))
                    .forEach(pair -> context.put(pair[0], pair[1]));
            if (context.containsKey(ContextKey.AUTHORIZATION.text())) {
                context.remove(ContextKey.ALLOWED_ADDRESSES.text());
            }
            context.put(ContextKey.STAGE.text(), arguments[1]);
            var prices = PriceList.read();
            var table =
                    new CostTable(arguments[1], StageCost.of(templates(context), prices), Long.parseLong(arguments[2]));
            Files.writeString(Path.of(arguments[0]), table.text() + "%n%s%n".formatted(prices.reservation()));
        } catch (IllegalArgumentException | UnpricedResource e) {
            System.err.println("vowcheck: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<Map<?, ?>> templates(Map<String, String> context) throws IOException {
        var app = new App(AppProps.builder()
                .context(flags())
                .outdir(Files.createTempDirectory("vowcheck-cost-").toString())
                .build());
        var code = new FunctionAssets(Code.fromAsset(ANY_CODE), Code.fromAsset(ANY_CODE));
        var stacks = new VowcheckApp(
                app,
                Stages.of(ContextValues.of(context), null),
                new ServiceStack.Artifacts(code, ANY_IMAGE, ANY_IMAGE));
        var assembly = app.synth();
        return List.of(template(assembly, stacks.data()), template(assembly, stacks.service()));
    }

    private static Map<?, ?> template(CloudAssembly assembly, Stack stack) {
        return (Map<?, ?>) assembly.getStackArtifact(stack.getArtifactId()).getTemplate();
    }

    /// The feature flags of cdk.json, which the CDK CLI passes to the app otherwise.
    private static Map<String, Object> flags() throws IOException {
        var file = new ObjectMapper().readTree(Path.of("cdk.json").toFile());
        var flags = new HashMap<String, Object>();
        file.path("context").properties().forEach(flag -> flags.put(flag.getKey(), value(flag.getValue())));
        return flags;
    }

    private static Object value(JsonNode flag) {
        if (flag.isBoolean()) {
            return flag.booleanValue();
        }
        return flag.isArray() ? flag.valueStream().map(JsonNode::asText).toList() : flag.asText();
    }
}
