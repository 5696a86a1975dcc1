package vowcheck.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The resources of a stage that a later release must neither replace nor remove, and those that such a resource
/// refers to, without what differs in every build. `src/test/resources/release` has them as the last release was.
final class ReleasedTemplates {
    /// Where data, history or secrets are, or what has a name that people and programs outside of the stacks use.
    private static final Set<String> KEPT = Set.of(
            "AWS::ApiGateway::RestApi",
            "AWS::ApiGateway::Stage",
            "AWS::ApiGateway::UsagePlan",
            "AWS::KMS::Key",
            "AWS::Lambda::Function",
            "AWS::Logs::LogGroup",
            "AWS::RDS::DBInstance",
            "AWS::S3::Bucket",
            "AWS::SNS::Topic",
            "AWS::SQS::Queue",
            "AWS::SecretsManager::Secret",
            "AWS::StepFunctions::StateMachine");

    /// What the kept ones are in: it cannot be replaced while they are.
    private static final Set<String> AROUND =
            Set.of("AWS::EC2::Subnet", "AWS::EC2::VPC", "AWS::RDS::DBParameterGroup", "AWS::RDS::DBSubnetGroup");

    /// Of these, only the name is of interest: their content changes with each release.
    private static final Map<String, List<String>> NAMES = Map.of(
            "AWS::Lambda::Function", List.of("FunctionName"),
            "AWS::StepFunctions::StateMachine", List.of("StateMachineName", "StateMachineType"),
            "AWS::ApiGateway::Stage", List.of("RestApiId", "StageName"));

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final Path FOLDER = Path.of("src/test/resources/release");

    private ReleasedTemplates() {}

    /// Whether a resource of this type must stay.
    static boolean isKept(@Nullable String type) {
        return type != null && (KEPT.contains(type) || AROUND.contains(type));
    }

    /// Those of today, by stack.
    static Map<String, Object> of(Synthesized stage) {
        return new TreeMap<>(Map.of(
                "data", template(stage, "data", stage.data()), "service", template(stage, "service", stage.service())));
    }

    private static Map<String, Object> template(Synthesized stage, String stack, Map<String, Object> whole) {
        var resources = new TreeMap<String, Object>();
        stage.resources().stream()
                .filter(resource -> resource.stack().equals(stack))
                .filter(resource -> isKept(resource.type()))
                .forEach(resource -> resources.put(resource.logicalId(), reduced(resource)));
        return new TreeMap<>(Map.of("Outputs", outputs(whole), "Resources", resources));
    }

    /// Those of the last release, by stack.
    static Map<String, Object> read(String stage) {
        try {
            return JSON.readValue(file(stage).toFile(), new TypeReference<TreeMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes today's those of the last release: a line for each resource, so that a change of it can be read.
    static void write(Synthesized stage) throws IOException {
        var stacks = new ArrayList<String>();
        of(stage).forEach((stack, template) -> {
            var sections = new ArrayList<String>();
            new Node(template).map().forEach((section, entries) -> {
                var lines = new Node(entries)
                        .map().entrySet().stream()
                                .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                                .toList();
                sections.add("%s: {%n%s%n}".formatted(text(section), String.join(",\n", lines)));
            });
            stacks.add("%s: {%s}".formatted(text(stack), String.join(", ", sections)));
        });
        Files.createDirectories(FOLDER);
        Files.writeString(file(stage.stage().name()), "{\n" + String.join(",\n", stacks) + "\n}\n");
    }

    private static Path file(String stage) {
        return FOLDER.resolve(stage + ".json");
    }

    private static Map<String, Object> reduced(Synthesized.Resource resource) {
        var result = new TreeMap<>(resource.body().map());
        result.remove("Metadata");
        result.remove("DependsOn");
        var names = NAMES.get(resource.type());
        if (names != null) {
            var properties = new TreeMap<>(resource.properties().map());
            properties.keySet().retainAll(names);
            result.put("Properties", properties);
        }
        return result;
    }

    /// The launcher, the guides and people's scripts read them by name.
    private static Map<String, Object> outputs(Map<String, Object> template) {
        var result = new TreeMap<String, Object>();
        new Node(template).at("Outputs").map().keySet().forEach(name -> result.put(name, Map.of("Value", "")));
        return result;
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
