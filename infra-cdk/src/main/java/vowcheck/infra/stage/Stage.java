package vowcheck.infra.stage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.SslMode;
import vowcheck.core.clients.ClientName;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.training.RangeCheck;

/// Everything in which one stage differs from another.
///
/// @param name `local`, `dev` or `prod`
/// @param environment account and region; without an account, the account that deploys
public record Stage(
        String name,
        Environment environment,
        Lifetime lifetime,
        NetworkSettings network,
        DatabaseSettings database,
        ScoringSettings scoring,
        TrainingSettings training,
        ApiSettings api,
        TrackingSettings tracking,
        ObservationSettings observation) {
    private static final String REGION = "eu-central-1";
    private static final int MLFLOW_PORT = 5000;

    /// Where clerks use what serves. People correct what is wrong with the rows, on every stage.
    private static final TrainingSettings TRAINING = new TrainingSettings(0, RangeCheck.LEAST_OVERLAP, true);

    /// Whether a stage is deleted as easily as it is made.
    public enum Lifetime {
        /// Data are deleted with their stack.
        DISPOSABLE,
        /// Data outlive their stack, and the stacks and the database are protected from deletion.
        LASTING
    }

    /// How programs in the private subnets reach other services of AWS. S3 always has its endpoint, which is free.
    public enum Egress {
        /// An endpoint for each service in use, about 88 USD a month; nothing reaches the internet.
        ENDPOINTS,
        /// One NAT gateway in one zone, about 38 USD a month plus traffic; programs can reach the internet.
        NAT_GATEWAY
    }

    /// Whether accepted and rejected connections are logged.
    public enum FlowLogs {
        OFF,
        ON
    }

    /// In how many availability zones the database runs.
    public enum Zones {
        ONE,
        /// A standby in another zone takes over when the first fails.
        TWO
    }

    /// The network's settings.
    public record NetworkSettings(Egress egress, FlowLogs flowLogs) {}

    /// The database server's settings.
    ///
    /// @param storage the disk's size; it grows by itself to five times as much
    /// @param backups how long automatic backups are kept; zero is none
    /// @param sslMode how the server's clients connect; the server enforces TLS unless it is [SslMode#DISABLE]
    /// @param authentication by what functions and training prove which role they work as; MLflow has a password
    /// @param retention how long predictions are kept; how long they may be kept is for the agency to decide
    public record DatabaseSettings(
            InstanceType instance,
            Size storage,
            Duration backups,
            Zones zones,
            SslMode sslMode,
            DatabaseAuthentication authentication,
            RetentionPeriod retention) {
        /// Whether the server refuses connections without TLS.
        public boolean tlsOnly() {
            return sslMode != SslMode.DISABLE;
        }
    }

    /// The scoring path's settings.
    ///
    /// @param modelRefreshAge how old a function's knowledge of the model in production may be
    /// @param unloggedRetry how long the queue of unlogged predictions waits after a failed attempt. SQS keeps a
    ///     message for 14 days and delivers it 1,000 times at most; from 21 minutes on, the days end first
    public record ScoringSettings(Duration modelRefreshAge, Duration unloggedRetry) {}

    /// The training's settings.
    ///
    /// @param faultyRowsShare the share of the labelled rows that may be out of bounds and are then left out,
    ///     from 0 to 1; with 0, a single one fails the training
    /// @param leastOverlap a feature of the newest labelled rows that overlaps less with the rows of the
    ///     champion and with the logged applications fails the training; 0 accepts everything,
    ///     also every share of divorces
    /// @param replayRestores whether a replay puts back what served before it, unless its input says otherwise
    public record TrainingSettings(double faultyRowsShare, double leastOverlap, boolean replayRestores) {}

    /// The API's settings.
    ///
    /// @param callers who may reach the API at all
    /// @param limits how much each guarded method takes of all clients together
    /// @param clients the programs that may score
    /// @param apiId the API's id, or null where nobody can choose it
    public record ApiSettings(
            AllowedCallers callers,
            ApiLimits limits,
            List<Client> clients,
            @Nullable String apiId) {
        public ApiSettings {
            clients = List.copyOf(clients);
        }

        /// The API's id, where it can be chosen.
        public Optional<String> pinnedId() {
            return Optional.ofNullable(apiId);
        }
    }

    /// How much a method takes.
    ///
    /// @param requestsPerSecond sustained rate
    /// @param burst requests at once
    public record ApiLimits(int requestsPerSecond, int burst) {}

    /// A program that calls the API, with the limits of each of its API keys. If a client is removed from a stage, its
    /// keys are refused; its predictions stay.
    ///
    /// @param requestsPerSecond sustained rate
    /// @param burst requests at once
    public record Client(ClientName name, int requestsPerSecond, int burst, int requestsPerDay) {
        public Client {
            if (!name.isKnown()) {
                throw new IllegalArgumentException(
                        "a client is named '%s', which stands for no client".formatted(name));
            }
        }
    }

    /// MLflow's settings.
    ///
    /// @param port where it listens, in the network or, locally, on this machine
    /// @param origins origins besides the API's own address whose pages may call it; `{api}` stands for the API's
    ///     id, `*` for anything
    public record TrackingSettings(int port, List<String> origins) {}

    /// What is kept of what happens, and who is told.
    ///
    /// @param logRetention how long logs are kept
    /// @param notificationEmails who gets the alarms by mail; each address confirms once
    public record ObservationSettings(RetentionDays logRetention, List<String> notificationEmails) {}

    /// The stage of that name.
    ///
    /// @param account the account that deploys, where it is known
    /// @throws IllegalArgumentException for any other name than `local`, `dev` and `prod`, and for a `prod` that
    ///     anyone may reach
    public static Stage named(
            String name, @Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return switch (name) {
            case LocalStage.NAME -> local(callers, notificationEmails);
            case "dev" -> dev(account, callers, notificationEmails);
            case "prod" -> prod(account, limited(callers), notificationEmails);
            default -> throw new IllegalArgumentException("stage is " + name + ": expected local, dev or prod");
        };
    }

    private static Stage local(AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                LocalStage.NAME,
                // Named, so that a deployment of this stage to a real account is refused.
                environment(LocalStage.ACCOUNT),
                Lifetime.DISPOSABLE,
                new NetworkSettings(Egress.ENDPOINTS, FlowLogs.OFF),
                new DatabaseSettings(
                        instance(InstanceSize.MICRO),
                        Size.gibibytes(20),
                        Duration.ofDays(0),
                        Zones.ONE,
                        SslMode.DISABLE,
                        DatabaseAuthentication.SECRET,
                        RetentionPeriod.DEFAULT),
                new ScoringSettings(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                new TrainingSettings(0, RangeCheck.LEAST_OVERLAP, false),
                new ApiSettings(
                        callers,
                        new ApiLimits(10_000, 5_000),
                        List.of(
                                new Client(ClientName.CLERKS, 10_000, 5_000, 100_000_000),
                                // A second one, to try how clients are kept apart.
                                new Client(new ClientName("portal"), 10, 20, 10_000)),
                        LocalStage.REST_API_ID),
                // LocalStack's address by host name, at whatever port was free.
                new TrackingSettings(MLFLOW_PORT, List.of("http://{api}.execute-api.localhost:*")),
                new ObservationSettings(RetentionDays.ONE_WEEK, notificationEmails));
    }

    private static Stage dev(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                "dev",
                environment(account),
                Lifetime.LASTING,
                new NetworkSettings(Egress.ENDPOINTS, FlowLogs.ON),
                // TLS and authentication as on prod, so that they are tried here first.
                new DatabaseSettings(
                        instance(InstanceSize.MICRO),
                        Size.gibibytes(20),
                        Duration.ofDays(1),
                        Zones.ONE,
                        SslMode.VERIFY_FULL,
                        DatabaseAuthentication.IAM,
                        RetentionPeriod.DEFAULT),
                new ScoringSettings(Duration.ofSeconds(30), Duration.ofMinutes(21)),
                TRAINING,
                new ApiSettings(
                        callers, new ApiLimits(20, 40), List.of(new Client(ClientName.CLERKS, 20, 40, 50_000)), null),
                new TrackingSettings(MLFLOW_PORT, List.of()),
                new ObservationSettings(RetentionDays.ONE_MONTH, notificationEmails));
    }

    private static Stage prod(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                "prod",
                environment(account),
                Lifetime.LASTING,
                new NetworkSettings(Egress.ENDPOINTS, FlowLogs.ON),
                new DatabaseSettings(
                        instance(InstanceSize.MEDIUM),
                        Size.gibibytes(50),
                        Duration.ofDays(14),
                        Zones.TWO,
                        SslMode.VERIFY_FULL,
                        DatabaseAuthentication.IAM,
                        RetentionPeriod.DEFAULT),
                new ScoringSettings(Duration.ofSeconds(30), Duration.ofMinutes(21)),
                TRAINING,
                new ApiSettings(
                        callers,
                        new ApiLimits(100, 200),
                        List.of(new Client(ClientName.CLERKS, 100, 200, 500_000)),
                        null),
                new TrackingSettings(MLFLOW_PORT, List.of()),
                new ObservationSettings(RetentionDays.ONE_YEAR, notificationEmails));
    }

    /// The same stage with MLflow on another port, where another program has the usual one.
    public Stage withMlflowPort(int port) {
        return new Stage(
                name,
                environment,
                lifetime,
                network,
                database,
                scoring,
                training,
                api,
                new TrackingSettings(port, tracking.origins()),
                observation);
    }

    /// The physical name of what this stage has one of, such as `vowcheck-prod`.
    public String onlyName() {
        return ResourceNames.only(name);
    }

    /// A physical name in this stage, such as `vowcheck-prod-scoring` for `scoring`.
    public String resourceName(String part) {
        return ResourceNames.resource(name, part);
    }

    /// A secret's name in this stage, such as `vowcheck-prod/operators` for `operators`.
    public String secretName(String part) {
        return ResourceNames.secret(name, part);
    }

    /// Whether this stage's data must survive a mistake.
    public boolean lasting() {
        return lifetime == Lifetime.LASTING;
    }

    /// What becomes of data when their stack is deleted.
    public RemovalPolicy dataRemoval() {
        return lasting() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }

    private static AllowedCallers limited(AllowedCallers callers) {
        if (callers instanceof AllowedCallers.Anyone) {
            throw new IllegalArgumentException("anyone could reach stage prod: "
                    + "give -c allowedAddresses=203.0.113.0/24,… or -c authorization=iam");
        }
        return callers;
    }

    private static Environment environment(@Nullable String account) {
        return Environment.builder().account(account).region(REGION).build();
    }

    private static InstanceType instance(InstanceSize size) {
        return InstanceType.of(InstanceClass.T4G, size);
    }
}
