package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import vowcheck.infra.Synthesized.Resource;

/// What CloudWatch and EventBridge send arrives: the target's own policy, or the role that the rule assumes,
/// allows it. On the local system, only what is sent during a test is tried.
class PublishersTest {
    private static final String CLOUDWATCH = "cloudwatch.amazonaws.com";
    private static final String EVENTBRIDGE = "events.amazonaws.com";

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyActionOfAnAlarmMayBeTaken(String stage) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(Stream.of("AlarmActions", "OKActions", "InsufficientDataActions")
                                .flatMap(kind -> alarm.properties().at(kind).list().stream())
                                .map(Node::text)
                                .filter(action -> !admits(synthesized, action, CLOUDWATCH)))
                        .isEmpty());
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyTargetOfARuleMayBeReached(String stage) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::Events::Rule"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.properties().at("Targets").list())
                        .isNotEmpty()
                        .allSatisfy(target -> {
                            assertThat(reaches(synthesized, rule, target))
                                    .as(target.at("Arn").text())
                                    .isTrue();
                            assertThat(target.at("DeadLetterConfig", "Arn").list())
                                    .allMatch(queue -> admits(synthesized, queue.text(), EVENTBRIDGE));
                        }));
    }

    /// Whether a rule may reach its target: by the role that it assumes, by the function's permission, or by
    /// the target's policy.
    private static boolean reaches(Synthesized stage, Resource rule, Node target) {
        var arn = target.at("Arn").text();
        var role = target.at("RoleArn").text();
        if (!role.isEmpty()) {
            return stage.resources("AWS::IAM::Policy").stream()
                    .filter(policy -> policy.properties().at("Roles").list().stream()
                            .anyMatch(name -> role.equals("${" + id(name.text()) + ".Arn}")))
                    .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                    .anyMatch(statement -> statement.at("Effect").text().equals("Allow")
                            && names(statement, "Action", "states:StartExecution")
                            && names(statement, "Resource", arn));
        }
        return admits(stage, arn, EVENTBRIDGE)
                || stage.resources("AWS::Lambda::Permission").stream()
                        .map(Resource::properties)
                        .anyMatch(permission ->
                                permission.at("FunctionName").text().equals(arn)
                                        && permission.at("Principal").text().equals(EVENTBRIDGE)
                                        && permission.at("SourceArn").text().equals("${" + rule.logicalId() + ".Arn}"));
    }

    /// Whether the policies of a topic or queue, and of the key that encrypts it, admit a service.
    private static boolean admits(Synthesized stage, String holder, String service) {
        var policies = Stream.of("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy")
                .flatMap(type -> stage.resources(type).stream())
                .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream());
        return policies.anyMatch(statement -> allows(statement, service)
                        && names(statement, "Resource", holder)
                        && (names(statement, "Action", "sns:Publish") || names(statement, "Action", "sqs:SendMessage")))
                && keys(stage, holder).allMatch(key -> mayEncrypt(stage, key, service));
    }

    private static Stream<String> keys(Synthesized stage, String holder) {
        return Stream.of("AWS::SNS::Topic", "AWS::SQS::Queue")
                .flatMap(type -> stage.resources(type).stream())
                .filter(resource -> resource.logicalId().equals(id(holder)))
                .map(resource -> resource.properties().at("KmsMasterKeyId").text())
                .filter(key -> !key.isEmpty())
                .map(PublishersTest::id);
    }

    private static boolean mayEncrypt(Synthesized stage, String key, String service) {
        return stage.resource("AWS::KMS::Key", key).properties().at("KeyPolicy", "Statement").list().stream()
                .anyMatch(statement -> allows(statement, service)
                        && List.of("kms:Decrypt", "kms:GenerateDataKey*").stream()
                                .allMatch(action -> names(statement, "Action", action)));
    }

    private static boolean allows(Node statement, String service) {
        return statement.at("Effect").text().equals("Allow")
                && statement.at("Principal", "Service").list().stream()
                        .anyMatch(named -> named.text().equals(service));
    }

    private static boolean names(Node statement, String field, String value) {
        return statement.at(field).list().stream().anyMatch(node -> node.text().equals(value));
    }

    /// The logical id in a reference or an attribute.
    private static String id(String reference) {
        return reference.replaceAll("\\$\\{|\\..*|}", "");
    }
}
