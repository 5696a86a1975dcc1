package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What differs between stages, what must not differ between deployments, and what LocalStack can create.
class StagesTest {
    /// LocalStack does not emulate flow logs, which also need a log group and a role, nor CodeDeploy and budgets. A
    /// canary would appear in the tests of the local system.
    private static final List<String> ONLY_OUTSIDE_LOCAL = List.of(
            "data NetworkFlowsF5DB04FD AWS::Logs::LogGroup",
            "data NetworkVpcFlowsFlowLogB2389E1D AWS::EC2::FlowLog",
            "data NetworkVpcFlowsIAMRole91E3407D AWS::IAM::Role",
            "data NetworkVpcFlowsIAMRoleDefaultPolicyA0F66207 AWS::IAM::Policy",
            "service AlarmsCanaryFailedE71F436A AWS::CloudWatch::Alarm",
            "service CanaryScheduleAllowEventRuleServiceScoringLive5B301C91657C8720 AWS::Lambda::Permission",
            "service CanaryScheduleE8221BF4 AWS::Events::Rule",
            "service RolloutApplication23995D4D AWS::CodeDeploy::Application",
            "service RolloutGroupDECEB4F9 AWS::CodeDeploy::DeploymentGroup",
            "service RolloutGroupServiceRoleDEC754CE AWS::IAM::Role",
            "service ScoringLiveEventInvokeConfig827B94C2 AWS::Lambda::EventInvokeConfig",
            "service SpendingLimitBudgetECBBB7BE AWS::Budgets::Budget");

    /// Whom the context of `prod` tells of alarms, and its limit of logins.
    private static final List<String> ONLY_PROD = List.of(
            "service NotificationsTopicoperatorsexampleorgDABB916E AWS::SNS::Subscription",
            "service ScoringApiLoginLimitAssociationC717D9BC AWS::WAFv2::WebACLAssociation",
            "service ScoringApiLoginLimitRulesAA566D74 AWS::WAFv2::WebACL");

    /// The second client.
    private static final List<String> ONLY_LOCAL = List.of(
            "data AccessClientportal86621977 AWS::SecretsManager::Secret",
            "service ScoringApiClientsportalB89D92DD AWS::ApiGateway::UsagePlan");

    /// MLflow and its load balancer, which are down there, and the endpoints, which an instance replaces.
    private static final Pattern NOT_ON_DEV =
            Pattern.compile("data Network(EndpointAccess\\w* AWS::EC2::\\w+|Vpc\\w+ AWS::EC2::VPCEndpoint)"
                    + "|service ExperimentTracking(Access|Balancer|Callers|Link|Service)\\w* .*"
                    + "|service AlarmsTrackingDown\\w* .*");

    /// The instance, and the public subnets that it is in.
    private static final Pattern ONLY_ON_DEV =
            Pattern.compile("data NetworkVpc(IGW|Nat|VPCGW|private\\w+DefaultRoute|public)\\w* .*");

    /// A new logical id is a new resource: the data stay behind in the old one, or are deleted with it.
    private static final List<String> STATEFUL = List.of(
            "data AccessClientclerks47EF6F5F AWS::SecretsManager::Secret",
            "data AccessOperators75E4E4D4 AWS::SecretsManager::Secret",
            "data DataDatabaseInstanceSecret592E64EE3fdaad7efa858a3daf9490cf0a702aeb AWS::SecretsManager::Secret",
            "data DatabaseAudit0F22E6F3 AWS::SecretsManager::Secret",
            "data DatabaseDrift28F80D26 AWS::SecretsManager::Secret",
            "data DatabaseErasureE748EA97 AWS::SecretsManager::Secret",
            "data DatabaseImport65023211 AWS::SecretsManager::Secret",
            "data DatabaseInstanceAA8A5FDE AWS::RDS::DBInstance",
            "data DatabaseMlflow8498836E AWS::SecretsManager::Secret",
            "data DatabasePromotion9E006B79 AWS::SecretsManager::Secret",
            "data DatabaseRetention53DE7CD0 AWS::SecretsManager::Secret",
            "data DatabaseScoring9A1F7C74 AWS::SecretsManager::Secret",
            "data DatabaseTraining200796E4 AWS::SecretsManager::Secret",
            "data ModelsBucket970C6ADA AWS::S3::Bucket",
            "data TombstonesKeyCD68812D AWS::SecretsManager::Secret",
            "data TrackingAdmin48FB3D9D AWS::SecretsManager::Secret",
            "data TrackingSessions9434A69A AWS::SecretsManager::Secret",
            "data UnloggedDeadLettersEF72BAE2 AWS::SQS::Queue",
            "data UnloggedQueue8901DD2B AWS::SQS::Queue",
            "service UndeliveredEventsQueue353EC953 AWS::SQS::Queue");

    private static final Set<String> STATEFUL_TYPES =
            Set.of("AWS::RDS::DBInstance", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SecretsManager::Secret");

    /// Their logical ids end in a hash of what they publish.
    private static final Set<String> CONTENT_HASHED = Set.of("AWS::Lambda::Version", "AWS::ApiGateway::Deployment");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}(?= )");

    /// Types that LocalStack or the plugin in localstack/ creates. A local deployment fails, naming the
    /// type, for any other: teach the plugin the type, or make it a setting of the stage and add it to
    /// ONLY_OUTSIDE_LOCAL.
    private static final Set<String> EMULATED = Set.of(
            "AWS::ApiGateway::Account",
            "AWS::ApiGateway::Authorizer",
            "AWS::ApiGateway::Deployment",
            "AWS::ApiGateway::GatewayResponse",
            "AWS::ApiGateway::Method",
            "AWS::ApiGateway::Resource",
            "AWS::ApiGateway::RestApi",
            "AWS::ApiGateway::Stage",
            "AWS::ApiGateway::UsagePlan",
            "AWS::ApiGateway::VpcLink",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::EC2::RouteTable",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::Subnet",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::VPC",
            "AWS::EC2::VPCEndpoint",
            "AWS::ECS::Cluster",
            "AWS::ECS::Service",
            "AWS::ECS::TaskDefinition",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "AWS::Events::Rule",
            "AWS::IAM::Policy",
            "AWS::IAM::Role",
            "AWS::KMS::Key",
            "AWS::Lambda::Alias",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Function",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version",
            "AWS::Logs::LogGroup",
            "AWS::Logs::MetricFilter",
            "AWS::RDS::DBInstance",
            "AWS::RDS::DBParameterGroup",
            "AWS::RDS::DBSubnetGroup",
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::SecretsManager::Secret",
            "AWS::SecretsManager::SecretTargetAttachment",
            "AWS::StepFunctions::StateMachine");

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void stagesDifferFromLocalInTheListedResourcesOnly(String stage) {
        var here = names(Synthesized.of(stage));
        var local = names(Synthesized.of("local"));
        var dev = stage.equals("dev");
        assertThat(local.stream()
                        .filter(name -> !here.contains(name))
                        .filter(name -> !(dev && NOT_ON_DEV.matcher(name).matches())))
                .containsExactlyElementsOf(stage.equals("local") ? List.of() : ONLY_LOCAL);
        assertThat(here.stream()
                        .filter(name -> !local.contains(name))
                        .filter(name -> !(dev && ONLY_ON_DEV.matcher(name).matches())))
                .containsExactlyInAnyOrderElementsOf(
                        switch (stage) {
                            case "local" -> List.of();
                            case "dev" -> ONLY_OUTSIDE_LOCAL;
                            default -> union(ONLY_OUTSIDE_LOCAL, ONLY_PROD);
                        });
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void logicalIdsOfDataAreStable(String stage) {
        assertThat(Synthesized.of(stage).resources())
                .filteredOn(resource -> STATEFUL_TYPES.contains(resource.type()))
                .extracting(Synthesized.Resource::toString)
                .filteredOn(name -> !ONLY_LOCAL.contains(name))
                .containsExactlyElementsOf(STATEFUL);
    }

    /// The next attempt would fail on the names that the first one left behind.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void aFailedFirstDeploymentLeavesNothingWithAFixedName(String stage) {
        assertThat(Synthesized.of(stage).resources())
                .extracting(resource -> resource.body().at("DeletionPolicy").text())
                .doesNotContain("Retain")
                .contains("RetainExceptOnCreate");
    }

    /// It is protected from deletion, so that a failure after its creation could not be rolled back.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theDatabaseIsCreatedAfterAllOtherData(String stage) {
        var database = Synthesized.of(stage).resource("AWS::RDS::DBInstance", "DatabaseInstance");
        assertThat(database.body().at("DependsOn").list())
                .extracting(Node::text)
                .containsAll(Synthesized.of(stage).resources().stream()
                        .filter(resource -> resource.stack().equals("data"))
                        .filter(resource -> STATEFUL_TYPES.contains(resource.type()))
                        .map(Synthesized.Resource::logicalId)
                        // The server itself, and the secret that it takes its owner's password from.
                        .filter(id -> !id.contains("DatabaseInstance"))
                        .toList());
    }

    @Test
    void everyTypeOfTheLocalStageIsEmulatedOrListedAsPretended() throws IOException {
        assertThat(types("local")).containsExactlyInAnyOrderElementsOf(union(EMULATED, pretended()));
    }

    private static List<String> names(Synthesized stage) {
        return stage.resources().stream()
                .map(resource -> CONTENT_HASHED.contains(resource.type())
                        ? HASH.matcher(resource.toString()).replaceFirst("")
                        : resource.toString())
                .toList();
    }

    private static Set<String> types(String stage) {
        return Synthesized.of(stage).resources().stream()
                .map(Synthesized.Resource::type)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The types that the check of a local deployment accepts.
    private static Set<String> pretended() throws IOException {
        try (var lines = Files.lines(Path.of("pretended-types.txt"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> union(Collection<String> one, Collection<String> other) {
        var both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
