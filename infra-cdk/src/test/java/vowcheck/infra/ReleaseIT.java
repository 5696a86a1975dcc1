package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A deployment over the last release replaces and removes nothing that keeps data or that others know by its name.
/// `infra-cdk/record-release` makes today's templates those of the last release.
class ReleaseIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path IMPACTS = Path.of("src/test/cloudformation-diff/impacts.js");

    /// What the CDK CLI calls it when a resource, or what is in it, does not survive.
    private static final Set<String> LOSSES = Set.of("WILL_REPLACE", "MAY_REPLACE", "WILL_DESTROY", "WILL_ORPHAN");

    /// What a stack's deletion leaves.
    private static final Set<String> KEEPING = Set.of("Retain", "RetainExceptOnCreate", "Snapshot");

    private static final String INSTANCE = "DatabaseInstanceAA8A5FDE";

    /// Replacements and removals that somebody has decided on, as [#losses] describes them, with the reason. They
    /// become part of the next release, and then have no place here.
    private static final Map<String, String> DECIDED = Map.of();

    @TempDir
    private Path folder;

    @BeforeAll
    static void record() throws IOException {
        if (System.getProperty("rewrite") != null) {
            ReleasedTemplates.write(Synthesized.of("dev"));
            ReleasedTemplates.write(Synthesized.of("prod"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void aDeploymentOverTheLastReleaseLosesNothing(String stage) throws IOException {
        assertThat(losses(ReleasedTemplates.read(stage), ReleasedTemplates.of(Synthesized.of(stage))))
                .filteredOn(loss -> !DECIDED.containsKey(loss))
                .isEmpty();
    }

    @Test
    void everyDecidedLossStillHappens() throws IOException {
        var happening = new TreeSet<String>();
        for (var stage : List.of("dev", "prod")) {
            happening.addAll(losses(ReleasedTemplates.read(stage), ReleasedTemplates.of(Synthesized.of(stage))));
        }
        assertThat(happening).containsAll(DECIDED.keySet());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "a renamed database",
                        stacks -> property(stacks, INSTANCE, "DBInstanceIdentifier", "other"),
                        "data %s AWS::RDS::DBInstance WILL_REPLACE".formatted(INSTANCE)),
                change(
                        "another engine",
                        stacks -> property(stacks, INSTANCE, "Engine", "mysql"),
                        "data %s AWS::RDS::DBInstance MAY_REPLACE".formatted(INSTANCE)),
                change(
                        "a subnet elsewhere",
                        stacks -> property(stacks, subnet(stacks), "CidrBlock", "10.0.192.0/22"),
                        "AWS::EC2::Subnet WILL_REPLACE"),
                change(
                        "a renamed bucket",
                        stacks -> property(stacks, "ModelsBucket970C6ADA", "BucketName", "other"),
                        "data ModelsBucket970C6ADA AWS::S3::Bucket WILL_REPLACE"),
                change(
                        "a renamed secret",
                        stacks -> property(stacks, "AccessOperators75E4E4D4", "Name", "other"),
                        "data AccessOperators75E4E4D4 AWS::SecretsManager::Secret WILL_REPLACE"),
                change(
                        "a queue of another type",
                        stacks -> property(stacks, "UnloggedQueue8901DD2B", "FifoQueue", true),
                        "data UnloggedQueue8901DD2B AWS::SQS::Queue WILL_REPLACE"),
                change(
                        "a removed queue",
                        stacks -> resources(stacks).remove("UnloggedDeadLettersEF72BAE2"),
                        "data UnloggedDeadLettersEF72BAE2 AWS::SQS::Queue WILL_ORPHAN"),
                change(
                        "a renamed construct",
                        stacks -> resources(stacks)
                                .put("ModelsOther", resources(stacks).remove("ModelsBucket970C6ADA")),
                        "data ModelsBucket970C6ADA AWS::S3::Bucket WILL_ORPHAN"),
                change(
                        "a database that goes with its stack",
                        stacks -> resource(stacks, INSTANCE).put("DeletionPolicy", "Delete"),
                        "data %s AWS::RDS::DBInstance would be deleted with its stack".formatted(INSTANCE)),
                change(
                        "an output with another name",
                        stacks -> new Node(stacks).at("data", "Outputs").map().remove("DatabaseHost"),
                        "data output DatabaseHost is gone"));
    }

    /// Only what is injected is new: the rest is compared with itself.
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeThatLosesSomethingIsFound(String what, Consumer<Map<String, Object>> change, String loss)
            throws IOException {
        var released = ReleasedTemplates.of(Synthesized.of("prod"));
        var changed = copy(released);
        change.accept(changed);
        assertThat(losses(released, changed)).anyMatch(found -> found.endsWith(loss));
    }

    @Test
    void aChangeInPlaceIsNoLoss() throws IOException {
        var released = ReleasedTemplates.of(Synthesized.of("prod"));
        var changed = copy(released);
        property(changed, INSTANCE, "AllocatedStorage", "100");
        property(changed, "UnloggedQueue8901DD2B", "VisibilityTimeout", 1);
        assertThat(losses(released, changed)).isEmpty();
    }

    private List<String> losses(Map<String, Object> released, Map<String, Object> today) throws IOException {
        var losses = new ArrayList<String>();
        var input = folder.resolve("templates.json");
        JSON.writeValue(input.toFile(), Map.of("old", released, "new", today));
        var said = ToolOutput.of(input, List.of("node", IMPACTS.toString()));
        assertThat(said.exitCode()).as(said.text()).isZero();
        for (var change : JSON.readValue(said.text(), new TypeReference<List<Map<String, String>>>() {})) {
            if (LOSSES.contains(change.get("impact")) && ReleasedTemplates.isKept(change.get("type"))) {
                losses.add("%s %s %s %s"
                        .formatted(change.get("stack"), change.get("id"), change.get("type"), change.get("impact")));
            }
        }
        for (var stack : released.keySet()) {
            new Node(released).at(stack, "Resources").map().forEach((id, body) -> {
                var now = new Node(today).at(stack, "Resources", id);
                if (keeps(new Node(body)) && now.value() != null && !keeps(now)) {
                    losses.add("%s %s %s would be deleted with its stack"
                            .formatted(stack, id, now.at("Type").text()));
                }
            });
            new Node(released)
                    .at(stack, "Outputs").map().keySet().stream()
                            .filter(name ->
                                    new Node(today).at(stack, "Outputs", name).value() == null)
                            .forEach(name -> losses.add("%s output %s is gone".formatted(stack, name)));
        }
        return losses;
    }

    private static boolean keeps(Node resource) {
        return KEEPING.contains(resource.at("DeletionPolicy").text());
    }

    private static Map<String, Object> copy(Map<String, Object> stacks) throws IOException {
        return JSON.readValue(JSON.writeValueAsString(stacks), new TypeReference<>() {});
    }

    private static Arguments change(String what, Consumer<Map<String, Object>> change, String loss) {
        return Arguments.of(what, change, loss);
    }

    private static void property(Map<String, Object> stacks, String id, String name, Object value) {
        new Node(stacks).at("data", "Resources", id, "Properties").map().put(name, value);
    }

    private static String subnet(Map<String, Object> stacks) {
        return resources(stacks).keySet().stream()
                .filter(id -> new Node(resource(stacks, id)).at("Type").text().equals("AWS::EC2::Subnet"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> resource(Map<String, Object> stacks, String id) {
        return new Node(stacks).at("data", "Resources", id).map();
    }

    private static Map<String, Object> resources(Map<String, Object> stacks) {
        return new Node(stacks).at("data", "Resources").map();
    }
}
