package vowcheck.infra.data;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsBaseOptions;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.IInstanceEngine;
import software.amazon.awscdk.services.rds.ParameterGroup;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.amazon.awscdk.services.rds.StorageType;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.MigrationLogins;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The PostgreSQL server, and one secret for each of its roles. The migrations create the roles with the passwords
/// of these secrets.
public final class DatabaseServer extends Construct {
    /// The database's name on the server.
    public static final String NAME = "vowcheck";

    /// The file, in PEM, of the certificates of Amazon's authorities for RDS in the stages' region.
    public static final String CERTIFICATES = "rds-eu-central-1.pem";

    private static final String OWNER = "vowcheck_owner";

    private static final Port PORT = Port.tcp(5432);

    private final SecurityGroup access;
    private final DatabaseInstance instance;
    private final ServerConnections connections;
    private final Map<DatabaseRole, Secret> roles = new EnumMap<>(DatabaseRole.class);
    private final ISecret owner;
    private final Stage stage;

    public DatabaseServer(Construct scope, String id, Stage stage, Network network) {
        super(scope, id);
        this.stage = stage;
        // The major version only: RDS upgrades the minor version in the maintenance window.
        IInstanceEngine engine = DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                .version(PostgresEngineVersion.VER_18)
                .build());
        var settings = stage.database();
        connections = new ServerConnections(settings.instanceType());
        getNode().addValidation(connections);
        access = SecurityGroup.Builder.create(this, "Access")
                .vpc(network.vpc())
                .description("Access to the database")
                .allowAllOutbound(false)
                .build();
        instance = DatabaseInstance.Builder.create(this, "Instance")
                // A fixed name: LocalStack's data directory is named after it.
                .instanceIdentifier(stage.onlyName())
                .databaseName(NAME)
                .engine(engine)
                .instanceType(settings.instanceType())
                .storageType(StorageType.GP3)
                .allocatedStorage(settings.storageGib())
                .maxAllocatedStorage(Stage.DatabaseSettings.STORAGE_GROWTH * settings.storageGib())
                .storageEncrypted(true)
                .vpc(network.vpc())
                .vpcSubnets(network.privateSubnets())
                .securityGroups(List.of(access))
                .publiclyAccessible(false)
                .multiAz(settings.zones() == Stage.Zones.TWO)
                .iamAuthentication(settings.authentication() == DatabaseAuthentication.IAM)
                .backupRetention(Duration.days(settings.backups().toDays()))
                .copyTagsToSnapshot(true)
                .deletionProtection(stage.lasting())
                .removalPolicy(stage.lasting() ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY)
                .parameterGroup(ParameterGroup.Builder.create(this, "Parameters")
                        .engine(engine)
                        .parameters(new TreeMap<>(Map.of(
                                "rds.force_ssl",
                                settings.tlsOnly() ? "1" : "0",
                                "max_connections",
                                String.valueOf(connections.most()),
                                // The details of an error in the server's log may contain a row's values.
                                "log_error_verbosity",
                                "terse")))
                        .build())
                .credentials(Credentials.fromGeneratedSecret(
                        OWNER,
                        CredentialsBaseOptions.builder()
                                .secretName(ownerSecretName())
                                .build()))
                .build();
        settings.restored().ifPresent(this::makeFromSnapshot);
        if (stage.lasting()) {
            // Otherwise CloudFormation would refuse to replace a server whose address the service uses. LocalStack
            // does not know such references, and never replaces a server.
            CrossStackReferences.of(instance).produce(ReferenceStrength.WEAK);
        }
        owner = instance.getSecret();
        for (var role : DatabaseRole.values()) {
            roles.put(role, roleSecret(role));
        }
        explainToNag();
    }

    /// Replaces the server by one made from a snapshot, and keeps the former one. The snapshot has the owner's
    /// name, the database and the encryption; CloudFormation refuses them beside it. The owner's password is
    /// the secret's.
    private void makeFromSnapshot(Stage.Restoration restoration) {
        var server = (CfnDBInstance) Objects.requireNonNull(instance.getNode().getDefaultChild());
        server.setDbSnapshotIdentifier(restoration.snapshot());
        server.setDbInstanceIdentifier(restoration.server());
        List.of("MasterUsername", "DBName", "StorageEncrypted").forEach(server::addPropertyDeletionOverride);
        server.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
    }

    /// Has the server created after everything else that may fail. A server that is protected from deletion
    /// cannot be deleted when the creation of its stack fails later on, and the next attempt would fail on its
    /// name.
    public void createAfter(Construct... others) {
        instance.getNode().addDependency(others);
        roles.values().forEach(instance.getNode()::addDependency);
    }

    /// The server's host name.
    public String host() {
        return instance.getDbInstanceEndpointAddress();
    }

    /// The server's port, which is known at deployment only.
    public String port() {
        return instance.getDbInstanceEndpointPort();
    }

    /// How many connections the server accepts.
    public int mostConnections() {
        return connections.most();
    }

    private String identifier() {
        return stage.database().restored().map(Stage.Restoration::server).orElse(stage.onlyName());
    }

    /// A metric of the server. It is found by the server's name: a reference would tie the two stacks together, and
    /// the server could not be replaced any more.
    public IMetric metric(String name, MetricOptions options) {
        return Metric.Builder.create()
                .namespace("AWS/RDS")
                .metricName(name)
                .dimensionsMap(Map.of("DBInstanceIdentifier", identifier()))
                .statistic(options.getStatistic())
                .period(options.getPeriod())
                .build();
    }

    /// The secret of the role that owns the database; for migrations only.
    public ISecret owner() {
        return owner;
    }

    /// The name of [#owner], which is known at synthesis.
    public String ownerSecretName() {
        return stage.secretName("database/owner");
    }

    /// The secret of a role, `{"username","password"}`.
    public ISecret secret(DatabaseRole role) {
        return Objects.requireNonNull(roles.get(role));
    }

    /// The settings by which a program finds the database, without a login.
    ///
    /// @param folder where [#CERTIFICATES] is in the program's own file system
    public Map<Setting, String> settings(String folder) {
        return Map.of(
                Setting.DATABASE_HOST, host(),
                Setting.DATABASE_PORT, port(),
                Setting.DATABASE_NAME, NAME,
                Setting.DATABASE_SSL_MODE, stage.database().sslMode().libpqName(),
                Setting.DATABASE_ROOT_CERTIFICATES, folder + "/" + CERTIFICATES,
                Setting.DATABASE_AUTHENTICATION,
                        stage.database().authentication().name());
    }

    /// The settings of a program that works as a role; [#grantLogin] gives it the right.
    public Map<Setting, String> settings(String folder, DatabaseRole role) {
        var settings = new EnumMap<Setting, String>(settings(folder));
        switch (stage.database().authentication()) {
            case SECRET -> settings.put(Setting.DATABASE_SECRET, secret(role).getSecretArn());
            case IAM -> settings.put(Setting.DATABASE_USER, role.roleName());
        }
        return settings;
    }

    /// Counts the connections that a client may open at once.
    public void expect(String client, int most) {
        connections.expect(client, most);
    }

    /// Lets a program's connections through.
    public void admit(SecurityGroup program) {
        program.addEgressRule(Network.everything(), PORT, "The database");
        // The rule is part of the program's stack.
        access.addIngressRule(program, PORT, "A program that works in the database", true);
    }

    /// Lets a program log in as a role, and as no other.
    public void grantLogin(DatabaseRole role, IGrantable program) {
        switch (stage.database().authentication()) {
            case SECRET -> secret(role).grantRead(program);
            case IAM -> grantConnect(program, role.roleName());
        }
    }

    /// Lets a program that knows the owner's password work as the owner.
    public void grantOwnerLogin(IGrantable program) {
        if (stage.database().authentication() == DatabaseAuthentication.IAM) {
            grantConnect(program, OWNER);
        }
    }

    /// The right names the server's id, which is read when its resource changes: a policy has no tags, so the id of
    /// its statement names a restored server.
    private void grantConnect(IGrantable program, String user) {
        var grant = instance.grantConnect(program, user);
        stage.database()
                .restored()
                .ifPresent(restored -> grant.getPrincipalStatements()
                        .forEach(statement -> statement.setSid(
                                "LogIn%sAt%s".formatted(user, restored.server()).replaceAll("[^A-Za-z0-9]", ""))));
    }

    /// Lets whoever has a policy log in as the role of people who read, by a token of IAM.
    void grantReader(IGrantable people) {
        grantConnect(people, MigrationLogins.READER);
    }

    private Secret roleSecret(DatabaseRole role) {
        return Secret.Builder.create(this, role.constructId())
                .secretName(stage.secretName("database/" + role.roleName()))
                .description("Password of the database role " + role.roleName())
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate("{\"username\":\"" + role.roleName() + "\"}")
                        .generateStringKey("password")
                        .passwordLength(40)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(stage.dataRemoval())
                .build();
    }

    private void explainToNag() {
        Nag.accept(
                instance,
                "AwsSolutions-RDS11",
                "The default port is no risk: only the security group of this system's programs can reach it");
        if (stage.database().zones() == Stage.Zones.ONE) {
            Nag.accept(
                    instance,
                    "AwsSolutions-RDS3",
                    "This stage tolerates the time that a restoration of its database takes");
        }
        if (!stage.lasting()) {
            Nag.accept(instance, "AwsSolutions-RDS10", "This stage is disposable");
        }
        if (stage.database().backups().isZero()) {
            Nag.accept(instance, "AwsSolutions-RDS13", "A command refills the database of this stage");
        }
        Nag.accept(
                this,
                "AwsSolutions-SMG4",
                "To change a password, write the secret and run the migrations, which set it");
    }
}
