package vowcheck.infra;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.infra.data.Network;
import vowcheck.infra.stage.Stage;

class DataStackTest {
    private static final Synthesized PROD = Synthesized.of("prod");

    /// Calls that Lambda, its runtime or the database's driver makes for a program, not through an endpoint.
    private static final Set<String> CALLED_FROM_ELSEWHERE = Set.of(
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
            "rds-db:connect",
            "sqs:DeleteMessage",
            "sqs:ReceiveMessage",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments");

    @Test
    void theDatabaseIsPrivateEncryptedAndKept() {
        var database = PROD.resources("AWS::RDS::DBInstance").getFirst();
        assertThat(database.properties().map())
                .containsEntry("DBInstanceIdentifier", "vowcheck-prod")
                .containsEntry("DBName", "vowcheck")
                .containsEntry("Engine", "postgres")
                .containsEntry("EngineVersion", "18")
                .containsEntry("PubliclyAccessible", false)
                .containsEntry("StorageEncrypted", true)
                .containsEntry("MultiAZ", true)
                .containsEntry("DeletionProtection", true)
                .containsEntry("BackupRetentionPeriod", 14);
        assertThat(database.body().at("DeletionPolicy").text()).isEqualTo("Snapshot");
    }

    @Test
    void theServersLogRepeatsNoRow() {
        assertThat(PROD.resources("AWS::RDS::DBParameterGroup"))
                .extracting(group -> group.properties()
                        .at("Parameters", "log_error_verbosity")
                        .text())
                .containsExactly("terse");
    }

    /// Three quarters of what RDS would allow by the instance's whole memory: 2 GiB and 4 GiB, by 9,531,392
    /// bytes each.
    @ParameterizedTest
    @CsvSource({"local, db.t4g.small, 168", "dev, db.t4g.small, 168", "prod, db.t4g.medium, 337"})
    void theServerAcceptsAllConnectionsThatItsClientsMayOpen(String stage, String instance, int most) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::RDS::DBInstance"))
                .extracting(server -> server.properties().at("DBInstanceClass").text())
                .containsExactly(instance);
        assertThat(synthesized.resources("AWS::RDS::DBParameterGroup"))
                .extracting(group ->
                        group.properties().at("Parameters", "max_connections").text())
                .containsExactly(String.valueOf(most));
        var functions = synthesized.javaFunctions().stream()
                .map(Synthesized.Resource::properties)
                .filter(function ->
                        function.at("Environment", "Variables", "DATABASE_HOST").value() != null)
                .mapToInt(function -> Integer.parseInt(
                        function.at("ReservedConcurrentExecutions").text()))
                .sum();
        int tasksAndMlflow = 22;
        int spare = 20;
        assertThat(functions).isPositive().isLessThanOrEqualTo(most - tasksAndMlflow - spare);
    }

    /// CloudFormation refuses to change an export that is in use: the database could never be replaced by a
    /// restored one.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void noReferenceToTheDatabaseForbidsToReplaceIt(String stage) {
        var synthesized = Synthesized.of(stage);
        var outputs = new Node(synthesized.data()).at("Outputs");
        assertThat(outputs.map().keySet())
                .filteredOn(name -> outputs.at(name, "Export").value() != null)
                .isNotEmpty()
                .noneMatch(name -> outputs.at(name, "Value").text().contains("DatabaseInstance")
                        && !outputs.at(name, "Value").text().contains("Secret"));
        assertThat(environment(synthesized, "Scoring", "DATABASE_HOST"))
                .startsWith("${vowcheck-" + stage + "-data.")
                .contains("EndpointAddress");
    }

    @Test
    void aDatabaseIsRestoredFromASnapshotBesideTheFormerOne() {
        var restored = Synthesized.of(restored(PROD.stage(), new Stage.Restoration("nightly", "vowcheck-prod-2")));
        var database = restored.resource("AWS::RDS::DBInstance", "Database");
        var former = PROD.resource("AWS::RDS::DBInstance", "Database");
        assertThat(database.logicalId()).isEqualTo(former.logicalId());
        assertThat(database.body().at("UpdateReplacePolicy").text()).isEqualTo("Retain");
        assertThat(database.properties().map())
                .containsEntry("DBSnapshotIdentifier", "nightly")
                .containsEntry("DBInstanceIdentifier", "vowcheck-prod-2")
                .containsEntry("DeletionProtection", true)
                .containsKey("MasterUserPassword")
                // CloudFormation refuses them beside a snapshot.
                .doesNotContainKeys("MasterUsername", "DBName", "StorageEncrypted");
        // The service reads the new server's address and id only if its template has changed.
        assertThat(restored.service()).isNotEqualTo(PROD.service());
        assertThat(environment(restored, "Scoring", "DATABASE_HOST"))
                .isEqualTo(environment(PROD, "Scoring", "DATABASE_HOST"));
    }

    /// The resource of such a statement is the same reference as before, to another server.
    @Test
    void everyRightToLogInChangesWithARestoredServer() {
        assertThat(logins(PROD))
                .isNotEmpty()
                .allSatisfy(login -> assertThat(login.at("Sid").value()).isNull());
        assertThat(logins(restored(PROD.stage(), new Stage.Restoration("nightly", "vowcheck-prod-2"))))
                .hasSameSizeAs(logins(PROD))
                .allSatisfy(login -> assertThat(login.at("Sid").text()).matches("LogIn[a-z]+Atvowcheckprod2"));
    }

    private static List<Node> logins(Stage stage) {
        return logins(Synthesized.of(stage));
    }

    private static List<Node> logins(Synthesized stage) {
        return stage.resources("AWS::IAM::Policy").stream()
                .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                .filter(statement -> statement.at("Action").text().equals("rds-db:connect"))
                .toList();
    }

    private static String environment(Synthesized stage, String function, String variable) {
        return stage.resource("AWS::Lambda::Function", function)
                .properties()
                .at("Environment", "Variables", variable)
                .text();
    }

    private static Stage restored(Stage stage, Stage.Restoration restoration) {
        var database = stage.database();
        return ChangedStage.of(
                stage,
                new Stage.DatabaseSettings(
                        database.instance(),
                        database.storageGib(),
                        database.backups(),
                        database.zones(),
                        database.sslMode(),
                        database.authentication(),
                        database.retention(),
                        restoration));
    }

    @Test
    void moreConnectionsThanTheServerAcceptsFailTheSynthesis() {
        var crowded = ChangedStage.of(PROD.stage(), new Stage.LimitSettings(300, 0, 0));
        assertThatThrownBy(() -> Synthesized.of(crowded))
                .hasMessageContaining("programs may use 355 connections to the database at once (audit 5, drift 2, "
                        + "erasure 5, import 1, migrate 2, promotion 15, retention 2, scoring 302, training 1, vowcheck-prod-mlflow 20), "
                        + "and 20 are spare: expected at most 317, since t4g.medium accepts 337.");
    }

    @ParameterizedTest
    @CsvSource({"local,0,disable", "dev,1,verify-full", "prod,1,verify-full"})
    void theServerEnforcesTlsIfItsClientsVerifyIt(String stage, String forced, String sslMode) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::RDS::DBParameterGroup"))
                .extracting(group ->
                        group.properties().at("Parameters", "rds.force_ssl").text())
                .containsExactly(forced);
        assertThat(synthesized.javaFunctions().stream()
                        .map(function -> function.properties()
                                .at("Environment", "Variables", "DATABASE_SSL_MODE")
                                .text())
                        .filter(mode -> !mode.isEmpty())
                        .distinct())
                .containsExactly(sslMode);
    }

    @ParameterizedTest
    @CsvSource({"local,SECRET,false", "dev,IAM,true", "prod,IAM,true"})
    void theServerAcceptsTheAuthenticationOfItsClients(String stage, String authentication, boolean iam) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::RDS::DBInstance"))
                .singleElement()
                .satisfies(database ->
                        assertThat(database.properties().map()).containsEntry("EnableIAMDatabaseAuthentication", iam));
        assertThat(synthesized.javaFunctions().stream()
                        .map(function -> function.properties()
                                .at("Environment", "Variables", "DATABASE_AUTHENTICATION")
                                .text())
                        .filter(told -> !told.isEmpty())
                        .distinct())
                .containsExactly(authentication);
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theDatabaseAdmitsEachProgramThatWorksInItAndNoOther(String stage) {
        var synthesized = Synthesized.of(stage);
        assertThat(synthesized.resources("AWS::EC2::SecurityGroupIngress").stream()
                        .map(Synthesized.Resource::properties)
                        .filter(rule -> rule.at("GroupId").text().contains("DatabaseAccess"))
                        .map(rule -> rule.at("FromPort").text() + "-"
                                + rule.at("ToPort").text() + " "
                                + named(rule.at("SourceSecurityGroupId").text())))
                .containsAll(Stream.of(
                                "DriftMonitorDrift",
                                "Erasure",
                                "ExperimentTrackingTask",
                                "Export",
                                "MigrationsMigrate",
                                "Operations",
                                "RetentionScheduleRetention",
                                "Scoring",
                                "TrainingWorkflowPromotion",
                                "TrainingWorkflowTrainingTask",
                                "UnloggedPredictionsRelog")
                        .map(program -> "5432-5432 " + program)
                        .toList())
                .doesNotContain("5432-5432 Public", "5432-5432 OperatorAuthorizer");
        assertThat(synthesized
                        .resource("AWS::EC2::SecurityGroup", "DatabaseAccess")
                        .properties())
                .satisfies(access ->
                        assertThat(access.at("SecurityGroupIngress").list()).isEmpty());
    }

    private static String named(String group) {
        return group.replaceAll("\\$\\{|Group[0-9A-F]{8}\\.GroupId}", "");
    }

    /// What leaves a program goes to other services of AWS, the database and MLflow, and each only if it uses them.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void eachProgramOfTheNetworkHasAGroupOfItsOwnThatSaysWhatItReaches(String stage) {
        var groups = Synthesized.of(stage).resources("AWS::EC2::SecurityGroup").stream()
                // The NAT instance is no program: it forwards theirs (aNatInstanceCanReplaceTheEndpoints).
                .filter(group -> !group.logicalId().contains("NatSecurityGroup"))
                .collect(Collectors.toMap(
                        group -> group.logicalId().replaceAll("(Group)?[0-9A-F]{8}$", ""), DataStackTest::reached));
        var aws = "443 to 0.0.0.0/0";
        var database = "5432 to 10.0.0.0/16";
        var mlflow = "5000 to 10.0.0.0/16";
        assertThat(groups)
                .containsAllEntriesOf(Map.ofEntries(
                        entry("Scoring", List.of(aws, database)),
                        entry("Operations", List.of(aws, mlflow, database)),
                        entry("Erasure", List.of(aws, database)),
                        entry("Export", List.of(aws, database)),
                        entry("UnloggedPredictionsRelog", List.of(aws, database)),
                        entry("DriftMonitorDrift", List.of(aws, database)),
                        entry("RetentionScheduleRetention", List.of(aws, database)),
                        entry("MigrationsMigrate", List.of(aws, database)),
                        entry("TrainingWorkflowPromotion", List.of(aws, mlflow, database)),
                        entry("TrainingWorkflowTrainingTask", List.of(aws, mlflow, database)),
                        entry("ExperimentTrackingTask", List.of(aws, database)),
                        entry("ExperimentTrackingCallers", List.of(mlflow)),
                        entry("DatabaseAccess", List.of()),
                        entry("ImportWorkflowImportTask", List.of(aws, database))))
                .allSatisfy((name, reaches) ->
                        assertThat(List.of(aws, database, mlflow)).containsAll(reaches));
    }

    /// CDK denies everything by a rule for an address that does not exist.
    private static List<String> reached(Synthesized.Resource group) {
        return group.properties().at("SecurityGroupEgress").list().stream()
                .filter(rule -> !rule.at("CidrIp").text().equals("255.255.255.255/32"))
                .map(rule -> {
                    assertThat(rule.at("IpProtocol").text()).isEqualTo("tcp");
                    assertThat(rule.at("ToPort").value())
                            .isEqualTo(rule.at("FromPort").value());
                    return rule.at("FromPort").text() + " to "
                            + rule.at("CidrIp").text();
                })
                .sorted()
                .toList();
    }

    @Test
    void whatReachesTheEndpointsIsInTheNetwork() {
        assertThat(PROD.resource("AWS::EC2::SecurityGroup", "NetworkEndpointAccess")
                        .properties()
                        .at("SecurityGroupIngress")
                        .list())
                .singleElement()
                .satisfies(rule -> assertThat(rule.map())
                        .containsEntry("CidrIp", "10.0.0.0/16")
                        .containsEntry("FromPort", 443)
                        .containsEntry("ToPort", 443));
    }

    /// EC2 refuses a description with any other character, such as an apostrophe, and with it the whole deployment.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void descriptionsOfSecurityGroupsHaveOnlyCharactersThatEc2Accepts(String stage) {
        var synthesized = Synthesized.of(stage);
        var groups = synthesized.resources("AWS::EC2::SecurityGroup").stream()
                .map(Synthesized.Resource::properties)
                .toList();
        var rules = Stream.concat(
                synthesized.resources("AWS::EC2::SecurityGroupIngress").stream().map(Synthesized.Resource::properties),
                groups.stream()
                        .flatMap(group -> Stream.of("SecurityGroupIngress", "SecurityGroupEgress")
                                .flatMap(kind -> group.at(kind).list().stream())));
        assertThat(Stream.concat(
                        groups.stream()
                                .map(group -> group.at("GroupDescription").text()),
                        rules.map(rule -> rule.at("Description").text())))
                .isNotEmpty()
                .allMatch(description -> description.matches("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{0,255}"));
    }

    @Test
    void nothingInTheNetworkReachesTheInternet() {
        assertThat(PROD.resources())
                .extracting(Synthesized.Resource::type)
                .doesNotContain("AWS::EC2::InternetGateway", "AWS::EC2::NatGateway");
        assertThat(PROD.resources("AWS::EC2::VPCEndpoint")).hasSize(9);
    }

    /// Otherwise an endpoint lets everything pass: S3's would be a way to the buckets of everybody.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void whatPassesAnEndpointIsListed(String stage) {
        var synthesized = Synthesized.of(stage);
        var account =
                Objects.requireNonNullElse(synthesized.stage().environment().getAccount(), "${AWS::AccountId}");
        assertThat(synthesized.resources("AWS::EC2::VPCEndpoint").stream()
                        .flatMap(endpoint -> endpoint.properties().at("PolicyDocument", "Statement").list().stream()
                                .map(statement -> allowed(endpoint, statement, stage, account))))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                "NetworkVpcEcrApi: ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer"
                                        + " on arn:aws:ecr:eu-central-1:ACCOUNT:repository/cdk-*",
                                "NetworkVpcEcrApi: ecr:GetAuthorizationToken on *",
                                "NetworkVpcEcrDocker: ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, "
                                        + "ecr:GetDownloadUrlForLayer on arn:aws:ecr:eu-central-1:ACCOUNT:repository/cdk-*",
                                "NetworkVpcEcrDocker: ecr:GetAuthorizationToken on *",
                                "NetworkVpcEvents: events:PutEvents on arn:aws:events:eu-central-1:ACCOUNT:event-bus/default",
                                "NetworkVpcLambda: lambda:InvokeFunction"
                                        + " on arn:aws:lambda:eu-central-1:ACCOUNT:function:vowcheck-STAGE-*",
                                "NetworkVpcLogs: logs:CreateLogStream, logs:PutLogEvents"
                                        + " on arn:aws:logs:eu-central-1:ACCOUNT:log-group:/aws/ecs/vowcheck-STAGE-*",
                                "NetworkVpcS3: s3:AbortMultipartUpload, s3:DeleteObject, s3:DeleteObjectVersion, s3:GetObject, "
                                        + "s3:ListBucket, s3:ListBucketVersions, s3:PutObject"
                                        + " on arn:aws:s3:::vowcheck-STAGE-models-ACCOUNT, "
                                        + "arn:aws:s3:::vowcheck-STAGE-models-ACCOUNT/*",
                                "NetworkVpcS3: s3:GetObject on arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
                                "NetworkVpcSecretsManager: secretsmanager:DescribeSecret, secretsmanager:GetSecretValue"
                                        + " on arn:aws:secretsmanager:eu-central-1:ACCOUNT:secret:vowcheck-STAGE/*",
                                "NetworkVpcSqs: sqs:ChangeMessageVisibility, sqs:GetQueueAttributes, sqs:GetQueueUrl, "
                                        + "sqs:SendMessage on arn:aws:sqs:eu-central-1:ACCOUNT:vowcheck-STAGE-*",
                                "NetworkVpcStepFunctions: states:DescribeExecution"
                                        + " on arn:aws:states:eu-central-1:ACCOUNT:execution:vowcheck-STAGE-*",
                                "NetworkVpcStepFunctions: states:SendTaskSuccess"
                                        + " on arn:aws:states:eu-central-1:ACCOUNT:stateMachine:vowcheck-STAGE-*")
                        .filter(line -> hasEndpoints(synthesized) || line.startsWith("NetworkVpcS3"))
                        .toList());
    }

    /// Of all services; otherwise only of S3.
    private static boolean hasEndpoints(Synthesized synthesized) {
        return synthesized.stage().network().egress() == Stage.Egress.ENDPOINTS;
    }

    private static String allowed(Synthesized.Resource endpoint, Node statement, String stage, String account) {
        assertThat(statement.at("Effect").text()).isEqualTo("Allow");
        // ECR has signed the links to the layers of images, with credentials of its own.
        var caller = joined(statement, "Resource").contains("starport") ? "" : account;
        assertThat(statement
                        .at("Condition", "StringEquals", "aws:PrincipalAccount")
                        .text())
                .isEqualTo(caller);
        return (endpoint.logicalId().replaceAll("[0-9A-F]{8}$", "") + ": " + joined(statement, "Action") + " on "
                        + joined(statement, "Resource"))
                .replace(account, "ACCOUNT")
                .replace("${AWS::Partition}", "aws")
                .replace("vowcheck-" + stage, "vowcheck-STAGE");
    }

    /// An endpoint must not stop what a role allows: the program would fail on AWS only.
    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void anEndpointStopsNoCallThatAProgramOfTheNetworkMayMake(String stage) {
        var synthesized = Synthesized.of(stage);
        var passing = synthesized.resources("AWS::EC2::VPCEndpoint").stream()
                .flatMap(endpoint -> endpoint.properties().at("PolicyDocument", "Statement").list().stream())
                .flatMap(statement -> statement.at("Action").list().stream())
                .map(Node::text)
                .collect(Collectors.toSet());
        var roles = Stream.concat(
                        synthesized.javaFunctions().stream()
                                .filter(function ->
                                        function.properties().at("VpcConfig").value() != null)
                                .map(function -> function.properties().at("Role")),
                        synthesized.resources("AWS::ECS::TaskDefinition").stream()
                                .flatMap(task -> Stream.of("TaskRoleArn", "ExecutionRoleArn")
                                        .map(role -> task.properties().at(role))))
                .map(role -> role.text().replace(".Arn}", "}"))
                .collect(Collectors.toSet());
        assertThat(synthesized.resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.properties().at("Roles").list().stream()
                                .map(Node::text)
                                .anyMatch(roles::contains))
                        .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                        .flatMap(statement -> statement.at("Action").list().stream())
                        .map(Node::text)
                        .filter(action -> hasEndpoints(synthesized) || action.startsWith("s3:"))
                        .filter(action -> !passing.contains(action)))
                .allMatch(CALLED_FROM_ELSEWHERE::contains);
    }

    private static String joined(Node statement, String field) {
        return statement.at(field).list().stream().map(Node::text).sorted().collect(Collectors.joining(", "));
    }

    @Test
    void aNatInstanceCanReplaceTheEndpoints() {
        var template = network(Stage.Egress.NAT_INSTANCE);
        template.resourceCountIs("AWS::EC2::NatGateway", 0);
        template.resourceCountIs("AWS::EC2::VPCEndpoint", 1);
        template.resourceCountIs("AWS::EC2::Subnet", 4);
        template.hasResourceProperties(
                "AWS::EC2::Instance", Map.of("InstanceType", "t4g.nano", "SourceDestCheck", false));
        // It forwards what the programs send to HTTPS's port, and takes nothing from anywhere else.
        var groups = new Node(template.findResources("AWS::EC2::SecurityGroup"));
        assertThat(groups.map().values())
                .flatExtracting(group ->
                        new Node(group).at("Properties", "SecurityGroupIngress").list())
                .singleElement()
                .satisfies(rule -> assertThat(rule.map())
                        .containsEntry("CidrIp", "10.0.0.0/16")
                        .containsEntry("FromPort", 443)
                        .containsEntry("ToPort", 443));
    }

    @Test
    void aNatGatewayCanReplaceTheEndpoints() {
        var template = network(Stage.Egress.NAT_GATEWAY);
        template.resourceCountIs("AWS::EC2::NatGateway", 1);
        template.resourceCountIs("AWS::EC2::VPCEndpoint", 1);
        template.resourceCountIs("AWS::EC2::Subnet", 4);
    }

    private static Template network(Stage.Egress egress) {
        var stack = new Stack(new App(), "Network");
        new Network(
                stack,
                "Network",
                ChangedStage.of(
                        PROD.stage(), new Stage.NetworkSettings(egress, Stage.FlowLogs.OFF, Stage.Readers.NONE)));
        return Template.fromStack(stack);
    }

    @Test
    void theModelsArePrivateVersionedAndKept() {
        var bucket = PROD.resources("AWS::S3::Bucket").getFirst();
        assertThat(bucket.properties().at("BucketName").text()).isEqualTo("vowcheck-prod-models-${AWS::AccountId}");
        assertThat(bucket.properties().at("VersioningConfiguration", "Status").text())
                .isEqualTo("Enabled");
        assertThat(bucket.properties().at("BucketEncryption").value()).isNotNull();
        assertThat(bucket.properties()
                        .at("PublicAccessBlockConfiguration")
                        .map()
                        .values())
                .hasSize(4)
                .containsOnly(true);
        assertThat(bucket.body().at("DeletionPolicy").text()).isEqualTo("RetainExceptOnCreate");
        assertThat(PROD.resources("AWS::S3::BucketPolicy").getFirst().body().toString())
                .contains("aws:SecureTransport");
    }

    @Test
    void predictionsExpireInTheBucket() {
        assertThat(PROD.resources("AWS::S3::Bucket")
                        .getFirst()
                        .properties()
                        .at("LifecycleConfiguration", "Rules")
                        .list())
                .filteredOn(rule -> rule.at("Prefix").text().equals("unlogged/"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.at("ExpirationInDays").text()).isEqualTo("30");
                    assertThat(rule.at("NoncurrentVersionExpiration", "NoncurrentDays")
                                    .text())
                            .isEqualTo("1");
                });
    }

    @Test
    void anExportExpiresAfterADay() {
        assertThat(PROD.resources("AWS::S3::Bucket")
                        .getFirst()
                        .properties()
                        .at("LifecycleConfiguration", "Rules")
                        .list())
                .filteredOn(rule -> rule.at("Prefix").text().equals("exports/"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.at("ExpirationInDays").text()).isEqualTo("1");
                    assertThat(rule.at("NoncurrentVersionExpiration", "NoncurrentDays")
                                    .text())
                            .isEqualTo("1");
                    assertThat(rule.at("AbortIncompleteMultipartUpload", "DaysAfterInitiation")
                                    .text())
                            .isEqualTo("1");
                });
    }

    @Test
    void aClaimIsKeptAsLongAsStepFunctionsKnowsItsExecution() {
        assertThat(PROD.resources("AWS::S3::Bucket")
                        .getFirst()
                        .properties()
                        .at("LifecycleConfiguration", "Rules")
                        .list())
                .filteredOn(rule -> rule.at("Prefix").text().equals("training/causes/"))
                .singleElement()
                .satisfies(
                        rule -> assertThat(rule.at("ExpirationInDays").text()).isEqualTo("90"));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everySecretHasAFixedNameAndIsGeneratedOrEmpty(String stage) {
        var secrets = Synthesized.of(stage).resources("AWS::SecretsManager::Secret");
        assertThat(secrets)
                .extracting(secret -> secret.properties().at("Name").text())
                .filteredOn(name -> !name.equals("vowcheck-local/clients/portal"))
                .containsExactlyInAnyOrder(
                        "vowcheck-" + stage + "/clients/clerks",
                        "vowcheck-" + stage + "/operators",
                        "vowcheck-" + stage + "/database/owner",
                        "vowcheck-" + stage + "/database/scoring",
                        "vowcheck-" + stage + "/database/training",
                        "vowcheck-" + stage + "/database/drift",
                        "vowcheck-" + stage + "/database/retention",
                        "vowcheck-" + stage + "/database/audit",
                        "vowcheck-" + stage + "/database/erasure",
                        "vowcheck-" + stage + "/database/import",
                        "vowcheck-" + stage + "/database/promotion",
                        "vowcheck-" + stage + "/database/mlflow",
                        "vowcheck-" + stage + "/erasure/tombstone-key",
                        "vowcheck-" + stage + "/mlflow/admin",
                        "vowcheck-" + stage + "/mlflow/sessions");
        assertThat(secrets)
                .extracting(secret -> secret.properties().at("SecretString").text())
                .containsOnly("", "{\"operators\":[]}", "{\"keys\":[]}");
    }

    @Test
    void theOutputsAreThoseThatTheLauncherReads() {
        assertThat(List.of(
                        "DatabaseHost",
                        "DatabaseName",
                        "DatabaseOwnerSecretName",
                        "DatabasePort",
                        "ModelBucketName",
                        "OperatorsSecretName",
                        "UnloggedDeadLetterQueueUrl",
                        "UnloggedQueueUrl"))
                .isSubsetOf(PROD.outputs(PROD.data()));
        assertThat(List.of(
                        "ApiStageName",
                        "ApiUrl",
                        "DriftFunctionName",
                        "MigrateFunctionName",
                        "MlflowPath",
                        "NotificationTopicArn",
                        "OperationsFunctionName",
                        "OperatorAuthorizerFunctionName",
                        "PromotionFunctionName",
                        "RelogFunctionName",
                        "ReplayStateMachineArn",
                        "RetentionFunctionName",
                        "RestApiId",
                        "ScoringFunctionName",
                        "TrainingClusterName",
                        "TrainingStateMachineArn"))
                .isSubsetOf(PROD.outputs(PROD.service()));
    }

    @ParameterizedTest
    @EnumSource(StackOutput.class)
    void everyDeclaredOutputIsInItsStack(StackOutput output) {
        var template = switch (output.stack()) {
            case DATA -> PROD.data();
            case SERVICE -> PROD.service();
        };
        assertThat(PROD.outputs(template)).contains(output.outputName());
    }
}
