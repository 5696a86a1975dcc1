package vowcheck.infra;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.cxapi.SynthesisMessage;
import software.amazon.awscdk.services.s3.Bucket;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.infra.Synthesized.Resource;

/// Who may do what, and what cdk-nag finds.
class PoliciesTest {
    private static final Pattern MODEL_BUCKET = Pattern.compile("\\$\\{[^}]*ModelsBucket[^}]*}");

    /// Every wildcard in an IAM policy, and why it cannot be narrower.
    private static final Map<String, String> WILDCARDS = Map.ofEntries(
            entry("xray:PutTelemetryRecords, xray:PutTraceSegments on *", "X-Ray has no resources"),
            entry(
                    "ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface, "
                            + "ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses, "
                            + "xray:PutTelemetryRecords, xray:PutTraceSegments on *",
                    "Lambda creates network interfaces for the function and names them itself"),
            entry("s3:GetObject on ${models}/models/*", "The bundles' objects, named when a model is trained"),
            entry("s3:PutObject on ${models}/unlogged/*", "One object for each batch that was too large for the queue"),
            entry(
                    "s3:AbortMultipartUpload, s3:PutObject on ${models}/exports/*",
                    "Exports, whose ids are made when they are ordered"),
            entry("s3:PutObject on ${models}/exports/*/state.json", "That one was ordered"),
            entry(
                    "s3:GetObject on ${models}/imports/*/file",
                    "The files that operators upload, in folders named by the import"),
            entry("s3:GetObject on ${models}/imports/*/order.json", "What is to be done with one"),
            entry("s3:PutObject on ${models}/imports/*/report.json", "What became of one"),
            entry("s3:GetObject on ${models}/exports/*", "How far one is, and links to its file"),
            entry(
                    "s3:DeleteObjectVersion, s3:GetObject on ${models}/unlogged/*",
                    "The same objects, for the function that stores them"),
            entry(
                    "s3:DeleteObjectVersion on ${models}/unlogged/*",
                    "The same, for the function that erases them unread"),
            entry(
                    "s3:PutObject on ${models}/models/*",
                    "The bundles that training writes, named by their version and hash"),
            entry(
                    "s3:PutObject on ${models}/training/*/outcome.json",
                    "The outcome of a training, in a folder named by the workflow's execution"),
            entry(
                    "s3:DeleteObject on ${models}/training/approvals/*.json",
                    "The trainings that wait for approval, one object for each execution"),
            entry(
                    "s3:DeleteObject on ${models}/training/rows/*",
                    "What is recorded about the labelled rows of one that ended while it waited, by their digest"),
            entry(
                    "s3:DeleteObject, s3:GetObject on ${models}/training/approvals/*.json",
                    "The same, for the function by which a person answers"),
            entry("s3:PutObject on ${models}/training/*/failure.json", "Why it failed, in the same folder"),
            entry(
                    "s3:GetObject, s3:PutObject on ${models}/training/*",
                    "The same, the workflow's lock and its claims of causes, for the workflow's function"),
            entry(
                    "s3:GetObject on ${models}/training/rows/*",
                    "The labelled rows that were trained on, named by their hash"),
            entry(
                    "s3:GetObject on ${models}/training/*/failure.json",
                    "The same, for the workflow to report why a training failed"),
            entry(
                    "s3:AbortMultipartUpload, s3:DeleteObject, s3:GetObject, s3:PutObject on ${models}/mlflow/*",
                    "MLflow's artifacts, which its clients name"),
            entry(
                    "states:DescribeExecution on arn:aws:states:eu-central-1:${AWS::AccountId}:execution:vowcheck-STAGE-training:*",
                    "Whether the execution that holds the workflow's lock or a claim still runs; its name is not known in advance"),
            entry(
                    "states:DescribeExecution on arn:aws:states:eu-central-1:${AWS::AccountId}:execution:vowcheck-STAGE-replay:*",
                    "The same, where a replay holds the lock"),
            entry(
                    "states:DescribeExecution, states:StopExecution on "
                            + "arn:aws:states:eu-central-1:${AWS::AccountId}:execution:${TrainingWorkflowMachine17EE7016}*",
                    "The replay waits for the executions that it started; their names are not known in advance"),
            entry(
                    "logs:CreateLogDelivery, logs:DeleteLogDelivery, logs:DescribeLogGroups, "
                            + "logs:DescribeResourcePolicies, logs:GetLogDelivery, logs:ListLogDeliveries, "
                            + "logs:PutResourcePolicy, logs:UpdateLogDelivery, xray:GetSamplingRules, "
                            + "xray:GetSamplingTargets, xray:PutTelemetryRecords, xray:PutTraceSegments on *",
                    "Step Functions sets up log deliveries and traces, which have no resources"),
            entry(
                    "ecs:DescribeTasks, ecs:StopTask, logs:CreateLogDelivery, logs:DeleteLogDelivery, logs:DescribeLogGroups, "
                            + "logs:DescribeResourcePolicies, logs:GetLogDelivery, logs:ListLogDeliveries, "
                            + "logs:PutResourcePolicy, logs:UpdateLogDelivery, xray:GetSamplingRules, "
                            + "xray:GetSamplingTargets, xray:PutTelemetryRecords, xray:PutTraceSegments on *",
                    "The same, and the tasks that the workflow started; their names are not known in advance"),
            entry(
                    "kms:Decrypt, kms:GenerateDataKey* on ${NotificationsKeyADCFA950.Arn}",
                    "CDK's grant to publish to a topic that is encrypted with its own key"),
            entry("ecr:GetAuthorizationToken on *", "ECR's login has no resource"),
            entry(
                    "lambda:InvokeFunction on ${MigrationsMigrateFunction115DE370.Arn}:*",
                    "CDK's trigger invokes the version that was just published; its number is not known in advance"));

    /// Every wildcard in a resource's own policy, and why.
    private static final Map<String, String> RESOURCE_WILDCARDS = Map.of(
            "kms:* on * for arn:aws:iam::${AWS::AccountId}:root",
            "The account's IAM policies decide about its key; otherwise nobody could change the key's policy",
            "kms:Decrypt, kms:GenerateDataKey* on * for cloudwatch.amazonaws.com",
            "AWS requires it for alarms that publish to an encrypted topic; in a key's policy, * is the key itself");

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyWildcardInAPolicyIsListed(String stage) {
        assertThat(statements(Synthesized.of(stage))
                        .flatMap(PoliciesTest::wildcards)
                        .map(wildcard -> wildcard.replace("vowcheck-" + stage, "vowcheck-STAGE")
                                .replace("000000000000", "${AWS::AccountId}"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(WILDCARDS.keySet());
    }

    @Test
    void eachProgramLogsInAsItsOwnRoleOnly() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream()
                                .filter(statement ->
                                        statement.at("Action").text().equals("rds-db:connect"))
                                .flatMap(statement -> statement.at("Resource").list().stream())
                                .map(resource -> policy.logicalId().replaceAll("(Role)?DefaultPolicy.*", "") + " "
                                        + resource.text().replaceAll("\\$\\{[^}]*DbiResourceId[^}]*}", "SERVER"))))
                .containsExactlyInAnyOrder(
                        "Erasure arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/erasure",
                        "DriftMonitorDrift arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/drift",
                        "Export arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/audit",
                        "ImportWorkflowImportTask arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/import",
                        "MigrationsMigrate arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/vowcheck_owner",
                        "Operations arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/promotion",
                        "TrainingWorkflowPromotion arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/promotion",
                        "RetentionScheduleRetention arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/retention",
                        "Scoring arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/scoring",
                        "TrainingWorkflowTrainingTask arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/training",
                        "UnloggedPredictionsRelog arn:aws:rds-db:eu-central-1:${AWS::AccountId}:dbuser:SERVER/scoring");
    }

    @Test
    void operatorsMayForgetAnUnconfirmedPromotionAndAnswerATrainingAndReachNothingElseOfOne() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.logicalId().startsWith("Operations"))
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                        .filter(statement -> joined(statement, "Resource").contains("/" + BucketKeys.TRAINING))
                        .map(statement -> joined(statement, "Action") + " on "
                                + MODEL_BUCKET
                                        .matcher(joined(statement, "Resource"))
                                        .replaceAll("models")))
                .containsExactly("s3:DeleteObject, s3:GetObject on models/" + BucketKeys.approval("*") + ", models/"
                        + BucketKeys.UNCONFIRMED_PROMOTION);
    }

    /// A link can do what its signer may: so only one program may read exports, and it reads no prediction elsewhere.
    @Test
    void onlyTheOperatorsFunctionMayReadExports() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream()
                                .anyMatch(
                                        statement -> joined(statement, "Action").contains("s3:GetObject")
                                                && joined(statement, "Resource").contains("/" + BucketKeys.EXPORTS)))
                        .map(Resource::logicalId))
                .singleElement()
                .asString()
                .startsWith("Operations");
    }

    @Test
    void onlyTheFunctionsThatStoreAndEraseMayDeleteVersionsAndOnlyOfUnloggedPredictions() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream()
                                .filter(statement -> joined(statement, "Action").contains("Version"))
                                .filter(statement -> joined(statement, "Action").contains("s3:"))
                                .map(statement -> "%s: %s on %s%s"
                                        .formatted(
                                                policy.logicalId().replaceAll("RoleDefaultPolicy.*", ""),
                                                joined(statement, "Action"),
                                                MODEL_BUCKET
                                                        .matcher(joined(statement, "Resource"))
                                                        .replaceAll("models"),
                                                statement.at("Condition").value() == null
                                                        ? ""
                                                        : " if "
                                                                + statement
                                                                        .at("Condition")
                                                                        .map()))))
                .containsExactlyInAnyOrder(
                        "Erasure: s3:DeleteObjectVersion on models/unlogged/*",
                        "Erasure: s3:ListBucketVersions on models if {StringLike={s3:prefix=unlogged/*}}",
                        "UnloggedPredictionsRelog: s3:DeleteObjectVersion, s3:GetObject on models/unlogged/*",
                        "UnloggedPredictionsRelog: s3:ListBucketVersions on models"
                                + " if {StringLike={s3:prefix=unlogged/*}}");
    }

    @Test
    void theErasureFunctionReadsNoObject() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.logicalId().startsWith("Erasure"))
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                        .map(statement -> joined(statement, "Action")))
                .isNotEmpty()
                .noneMatch(actions -> actions.contains("s3:GetObject"));
    }

    @Test
    void scoringMaySendToItsQueueAndOnlyCountDeadLetters() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.logicalId().startsWith("Scoring"))
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                        .filter(statement -> joined(statement, "Action").contains("sqs:"))
                        .map(statement -> joined(statement, "Action") + " on "
                                + (joined(statement, "Resource").contains("DeadLetters")
                                        ? "dead letters"
                                        : "the queue")))
                .containsExactlyInAnyOrder(
                        "sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on the queue",
                        "sqs:GetQueueAttributes on dead letters");
    }

    @Test
    void thePublicFunctionMayOnlyWriteItsLogAndItsTraces() {
        assertThat(Synthesized.of("prod").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.logicalId().startsWith("Public"))
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                        .map(statement -> joined(statement, "Action")))
                .containsExactlyInAnyOrder(
                        "logs:CreateLogStream, logs:PutLogEvents", "xray:PutTelemetryRecords, xray:PutTraceSegments");
    }

    /// With the condition, S3 answers 412 for a key that exists; without, IAM refuses the write.
    @Test
    void aBundleCanBeWrittenButNotOverwritten() {
        var bundles = statements(Synthesized.of("prod"))
                .filter(statement -> joined(statement, "Action").contains("s3:PutObject"))
                .filter(statement -> joined(statement, "Resource").contains("/" + BucketKeys.MODELS));

        assertThat(bundles)
                .singleElement()
                .satisfies(statement -> assertThat(statement.at("Condition").map())
                        .isEqualTo(Map.of("Null", Map.of("s3:if-none-match", "false"))));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyWildcardInAResourcesPolicyIsListed(String stage) {
        assertThat(resourceStatements(Synthesized.of(stage))
                        .filter(statement -> statement.at("Effect").text().equals("Allow"))
                        .map(statement -> "%s on %s for %s"
                                .formatted(
                                        joined(statement, "Action"),
                                        joined(statement, "Resource"),
                                        principals(statement)))
                        .filter(statement -> statement.contains("*"))
                        .map(statement -> statement.replace("000000000000", "${AWS::AccountId}"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(RESOURCE_WILDCARDS.keySet());
    }

    /// CloudWatch acts for every account, and so does EventBridge; a rule of these stacks is one of this account.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void aServiceIsAdmittedForThisAccountOnly(String stage) {
        var account = Objects.requireNonNullElse(
                Synthesized.of(stage).stage().environment().getAccount(), "${AWS::AccountId}");
        var rules = Synthesized.of(stage).resources("AWS::Events::Rule").stream()
                .map(Synthesized.Resource::logicalId)
                .toList();
        assertThat(resourceStatements(Synthesized.of(stage))
                        .filter(statement ->
                                statement.at("Principal", "Service").value() != null))
                .isNotEmpty()
                .allSatisfy(statement -> {
                    var rule = statement
                            .at("Condition", "ArnEquals", "aws:SourceArn")
                            .text()
                            .replaceAll("\\$\\{(.*)\\.Arn}", "$1");
                    if (!rules.contains(rule)) {
                        assertThat(statement
                                        .at("Condition", "StringEquals", "aws:SourceAccount")
                                        .text())
                                .isEqualTo(account);
                    }
                });
    }

    /// The denials of enforceSsl, and no other denial that could hide a right.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void bucketsQueuesAndTopicsDenyRequestsWithoutTls(String stage) {
        var synthesized = Synthesized.of(stage);
        var holders = Stream.of("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic")
                .flatMap(type -> synthesized.resources(type).stream())
                .toList();
        assertThat(resourceStatements(synthesized)
                        .filter(statement -> statement.at("Effect").text().equals("Deny")))
                .hasSameSizeAs(holders)
                .allSatisfy(statement -> {
                    assertThat(principals(statement)).isEqualTo("*");
                    assertThat(statement.at("Condition").map())
                            .isEqualTo(Map.of("Bool", Map.of("aws:SecureTransport", "false")));
                });
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void cdkNagFindsNothingThatIsNotAccepted(String stage) {
        var app = Synthesized.of(stage).app();
        assertThat(Stream.of(app.data(), app.service()).flatMap(PoliciesTest::findings))
                .isEmpty();
    }

    @Test
    void cdkNagReportsAFindingThatIsNotAccepted() {
        var app = new App();
        var stack = new Stack(app, "Control");
        new Bucket(stack, "Bucket");
        Aspects.of(app).add(new AwsSolutionsChecks());
        assertThat(findings(stack)).anyMatch(finding -> finding.contains("AwsSolutions-S1"));
    }

    private static Stream<Node> statements(Synthesized stage) {
        var policies = stage.resources("AWS::IAM::Policy").stream()
                .map(policy -> policy.properties().at("PolicyDocument"));
        var inline = stage.resources("AWS::IAM::Role").stream()
                .flatMap(role -> role.properties().at("Policies").list().stream())
                .map(policy -> policy.at("PolicyDocument"));
        return Stream.concat(policies, inline).flatMap(document -> document.at("Statement").list().stream());
    }

    private static Stream<Node> resourceStatements(Synthesized stage) {
        var policies = Stream.of("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
                .flatMap(type -> stage.resources(type).stream())
                .map(policy -> policy.properties().at("PolicyDocument"));
        var keys = stage.resources("AWS::KMS::Key").stream()
                .map(key -> key.properties().at("KeyPolicy"));
        return Stream.concat(policies, keys).flatMap(document -> document.at("Statement").list().stream());
    }

    private static String principals(Node statement) {
        var principal = statement.at("Principal");
        return principal.value() instanceof Map<?, ?> kinds
                ? kinds.values().stream().map(Node::new).map(Node::text).collect(Collectors.joining(", "))
                : principal.text();
    }

    private static String joined(Node statement, String field) {
        return statement.at(field).list().stream().map(Node::text).collect(Collectors.joining(", "));
    }

    private static Stream<String> wildcards(Node statement) {
        var actions = joined(statement, "Action");
        return statement.at("Resource").list().stream()
                .map(Node::text)
                .map(resource -> MODEL_BUCKET.matcher(resource).replaceAll("\\${models}"))
                .filter(resource -> (actions + resource).contains("*"))
                .map(resource -> actions + " on " + resource);
    }

    /// What cdk-nag finds in a stack.
    static Stream<String> findings(Stack stack) {
        var annotations = Annotations.fromStack(stack);
        return Stream.of(annotations.findError("*", Match.anyValue()), annotations.findWarning("*", Match.anyValue()))
                .flatMap(List::stream)
                .map(PoliciesTest::text);
    }

    @SuppressWarnings("deprecation") // Annotations returns no other type
    private static String text(SynthesisMessage message) {
        return message.getId() + ": " + message.getEntry().getData();
    }
}
