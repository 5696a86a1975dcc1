package vowcheck.infra;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.stage.ContextValues;
import vowcheck.infra.stage.Stage;
import vowcheck.infra.stage.Stages;

/// A stage's templates, synthesized as by `cdk synth`, except for the functions' code and the images. Synthesis
/// takes seconds, so all tests share one for each stage.
record Synthesized(Stage stage, VowcheckApp app, Map<String, Object> data, Map<String, Object> service) {
    static final List<String> STAGES = List.of("local", "dev", "prod");

    /// Stands for the functions' zip; these tests do not depend on its content.
    static final String FUNCTIONS = "src/test/resources/functions";

    static final String MLFLOW_FUNCTIONS = "src/test/resources/mlflow-functions";

    /// Stands for the folders of the containers' images.
    static final String IMAGE = "src/test/resources/image";

    private static final Map<String, Synthesized> KNOWN = new ConcurrentHashMap<>();

    /// A resource of a template.
    record Resource(String stack, String logicalId, String type, Node body) {
        Node properties() {
            return body.at("Properties");
        }

        @Override
        public String toString() {
            return stack + " " + logicalId + " " + type;
        }
    }

    static Synthesized of(String stage) {
        return KNOWN.computeIfAbsent(stage, name -> of(Stages.of(ContextValues.of(context(name)), null)));
    }

    /// What a stage must be told, and no more.
    static Map<String, String> context(String stage) {
        return switch (stage) {
            case "local" -> Map.of("stage", stage);
            case "dev" -> Map.of("stage", stage, "allowedAddresses", "anyone");
            default ->
                Map.of(
                        "stage", stage,
                        "allowedAddresses", "203.0.113.0/24",
                        "notificationEmail", "operators@example.org");
        };
    }

    /// A `prod` that only signed calls may use.
    static Synthesized signed() {
        return of(Stages.of(
                ContextValues.of(
                        Map.of("stage", "prod", "authorization", "iam", "notificationEmail", "operators@example.org")),
                null));
    }

    static Synthesized of(Stage stage) {
        var context = new HashMap<>(featureFlags());
        // A warning of CDK's own validation fails the synthesis like an error.
        context.put("@aws-cdk/core:strictCfnValidateErrors", true);
        var app = new App(AppProps.builder().context(context).build());
        var stacks = new VowcheckApp(
                app,
                stage,
                new ServiceStack.Artifacts(
                        new FunctionAssets(Code.fromAsset(FUNCTIONS), Code.fromAsset(MLFLOW_FUNCTIONS)), IMAGE, IMAGE));
        Aspects.of(app).add(new AwsSolutionsChecks());
        return new Synthesized(stage, stacks, template(stacks.data()), template(stacks.service()));
    }

    /// Every resource of both stacks.
    List<Resource> resources() {
        return Stream.concat(resources("data", data), resources("service", service))
                .toList();
    }

    /// Every resource of a type, in both stacks.
    List<Resource> resources(String type) {
        return resources().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /// The only resource of a type whose logical id begins with `logicalIdStart`.
    Resource resource(String type, String logicalIdStart) {
        var found = resources(type).stream()
                .filter(resource -> resource.logicalId().startsWith(logicalIdStart))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type + " " + logicalIdStart + ", found " + found);
        }
        return found.getFirst();
    }

    /// The properties of the alarm whose construct has that id.
    Node alarm(String id) {
        return resources("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> alarm.logicalId().matches("Alarms" + id + "[0-9A-F]{8}"))
                .findAny()
                .orElseThrow(() -> new AssertionError("no alarm " + id))
                .properties();
    }

    /// The functions of this system; those of custom resources run on Node.js.
    List<Resource> javaFunctions() {
        return resources("AWS::Lambda::Function").stream()
                .filter(function -> function.properties().at("Runtime").text().startsWith("java"))
                .toList();
    }

    /// The names of a stack's outputs.
    List<String> outputs(Map<String, Object> template) {
        return new Node(template).at("Outputs").map().keySet().stream().sorted().toList();
    }

    private static Stream<Resource> resources(String stack, Map<String, Object> template) {
        return new TreeMap<>(new Node(template).at("Resources").map())
                .entrySet().stream().map(entry -> {
                    var body = new Node(entry.getValue());
                    return new Resource(stack, entry.getKey(), body.at("Type").text(), body);
                });
    }

    private static Map<String, Object> template(Stack stack) {
        return Template.fromStack(stack).toJSON();
    }

    /// The feature flags of cdk.json, which the CDK CLI passes to the app.
    static Map<String, Object> featureFlags() {
        try {
            var file = new ObjectMapper().readValue(Files.readString(Path.of("cdk.json")), Object.class);
            return new Node(file).at("context").map();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
