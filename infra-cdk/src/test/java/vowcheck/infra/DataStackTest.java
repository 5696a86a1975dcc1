package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.infra.data.Network;
import vowcheck.infra.stage.Stage;

class DataStackTest {
    private static final Synthesized PROD = Synthesized.of("prod");

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
        return new Stage(
                stage.name(),
                stage.environment(),
                stage.lifetime(),
                stage.network(),
                new Stage.DatabaseSettings(
                        database.instance(),
                        database.storageGib(),
                        database.backups(),
                        database.zones(),
                        database.sslMode(),
                        database.authentication(),
                        database.retention(),
                        restoration),
                stage.scoring(),
                stage.training(),
                stage.api(),
                stage.tracking(),
                stage.observation(),
                stage.limits());
    }

    @Test
    void moreConnectionsThanTheServerAcceptsFailTheSynthesis() {
        var prod = PROD.stage();
        var crowded = new Stage(
                prod.name(),
                prod.environment(),
                prod.lifetime(),
                prod.network(),
                prod.database(),
                prod.scoring(),
                prod.training(),
                prod.api(),
                prod.tracking(),
                prod.observation(),
                new Stage.LimitSettings(300));
        assertThatThrownBy(() -> Synthesized.of(crowded))
                .hasMessageContaining("programs may use 340 connections to the database at once (audit 5, drift 2, "
                        + "erasure 5, import 1, migrate 2, retention 2, scoring 302, training 1, vowcheck-prod-mlflow 20), "
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

    @Test
    void onlyProgramsOfTheNetworkReachTheDatabase() {
        assertThat(PROD.resources("AWS::EC2::SecurityGroupIngress"))
                .filteredOn(rule -> rule.properties().at("GroupId").text().contains("DatabaseAccess"))
                .singleElement()
                .satisfies(rule -> assertThat(
                                rule.properties().at("SourceSecurityGroupId").text())
                        .contains("NetworkWorkloads"));
        assertThat(PROD.resources("AWS::EC2::SecurityGroup"))
                .allSatisfy(group -> assertThat(
                                group.properties().at("SecurityGroupIngress").list())
                        .isEmpty());
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

    @Test
    void aNatInstanceCanReplaceTheEndpoints() {
        var template = network(Stage.Egress.NAT_INSTANCE);
        template.resourceCountIs("AWS::EC2::NatGateway", 0);
        template.resourceCountIs("AWS::EC2::VPCEndpoint", 1);
        template.resourceCountIs("AWS::EC2::Subnet", 4);
        template.hasResourceProperties(
                "AWS::EC2::Instance", Map.of("InstanceType", "t4g.nano", "SourceDestCheck", false));
        // It forwards what the programs send to HTTPS's port, and takes nothing from anywhere else.
        var ingress = new Node(template.findResources("AWS::EC2::SecurityGroupIngress"));
        assertThat(ingress.map().values())
                .extracting(rule -> new Node(rule).at("Properties"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.at("FromPort").value()).isEqualTo(443);
                    assertThat(rule.at("SourceSecurityGroupId").text()).contains("NetworkWorkloads");
                });
        var groups = new Node(template.findResources("AWS::EC2::SecurityGroup"));
        assertThat(groups.map().values())
                .extracting(group ->
                        new Node(group).at("Properties", "SecurityGroupIngress").list())
                .allMatch(List::isEmpty);
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
                new Stage.NetworkSettings(egress, Stage.FlowLogs.OFF),
                RetentionDays.ONE_WEEK,
                RemovalPolicy.DESTROY);
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
