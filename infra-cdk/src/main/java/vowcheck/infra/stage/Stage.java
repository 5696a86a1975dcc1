package vowcheck.infra.stage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.TrainingSize;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.SslMode;
import vowcheck.core.clients.ClientName;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.training.PromotionPolicy;

/// Everything in which one stage differs from another. Each record refuses a value that its setting may not
/// have, by the setting's name; `infra-cdk/README.md` lists what is allowed.
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
        ObservationSettings observation,
        LimitSettings limits) {
    public Stage {
        if (lifetime == Lifetime.LASTING && (database.backups().isZero() || !database.tlsOnly())) {
            throw new IllegalArgumentException(
                    "stage %s is lasting: expected backups, and TLS to the database".formatted(name));
        }
        if (network.readers() == Readers.BY_IAM && database.authentication() != DatabaseAuthentication.IAM) {
            throw new IllegalArgumentException(
                    "stage %s has network.readers BY_IAM: expected database.authentication IAM".formatted(name));
        }
    }

    /// Whether a better challenger is promoted by itself.
    public enum Approval {
        NOT_REQUIRED,
        /// A named person approves first.
        REQUIRED
    }

    /// Whether a stage is deleted as easily as it is made.
    public enum Lifetime {
        /// Data are deleted with their stack.
        DISPOSABLE,
        /// Data outlive their stack, and the stacks and the database are protected from deletion.
        LASTING
    }

    /// How programs in the private subnets reach other services of AWS. S3 always has its endpoint, which is
    /// free.
    public enum Egress {
        /// An endpoint for each service in use, about 88 USD a month; nothing reaches the internet.
        ENDPOINTS,
        /// One NAT gateway in one zone, about 38 USD a month plus traffic; programs can reach the internet.
        NAT_GATEWAY,
        /// One small instance as a NAT in one zone, about 8 USD a month; programs can reach HTTPS in the
        /// internet. Nothing replaces it when it fails; a deployment does so when Amazon has a newer image.
        NAT_INSTANCE
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

    /// How a new version of the scoring function gets its callers.
    public enum Rollout {
        /// All of them at once. The word on the command line is `at-once`.
        AT_ONCE("at-once"),
        /// A tenth of them for five minutes, then all, unless an alarm is raised meanwhile: then none.
        /// CodeDeploy does it. The word on the command line is `staged`.
        STAGED("staged");

        private final String text;

        Rollout(String text) {
            this.text = text;
        }

        /// The word on the command line.
        ///
        /// @throws IllegalArgumentException for any other
        static Rollout of(String text) {
            for (var rollout : values()) {
                if (rollout.text.equals(text)) {
                    return rollout;
                }
            }
            throw new IllegalArgumentException("rollout is '%s': expected at-once or staged".formatted(text));
        }
    }

    /// Whether MLflow and its load balancer, about 37 USD a month, are there.
    public enum Tracking {
        UP,
        /// Nothing trains, and nobody can change by MLflow which model serves; predictions need neither. What
        /// MLflow stores stays.
        DOWN;

        /// The word on the command line, in lower case.
        ///
        /// @throws IllegalArgumentException for any other
        static Tracking of(String text) {
            return switch (text) {
                case "up" -> UP;
                case "down" -> DOWN;
                default -> throw new IllegalArgumentException("mlflow is '%s': expected up or down".formatted(text));
            };
        }
    }

    /// Whether people can read the database with `psql`.
    public enum Readers {
        /// Nobody can reach it.
        NONE,
        /// Persons whom IAM allows it, through a host of its own, about 4 USD a month.
        BY_IAM
    }

    /// The network's settings.
    public record NetworkSettings(Egress egress, FlowLogs flowLogs, Readers readers) {}

    /// The database server's settings.
    ///
    /// @param instance the size of a `t4g` instance
    /// @param storageGib the disk's size; it grows by itself to [#STORAGE_GROWTH] times as much
    /// @param backups how many whole days automatic backups are kept; zero is none
    /// @param sslMode how the server's clients connect; the server enforces TLS unless it is [SslMode#DISABLE]
    /// @param authentication by what functions and training prove which role they work as; MLflow has a password
    /// @param retention how long predictions are kept; how long they may be kept is for the agency to decide
    /// @param restoration the snapshot that the server was made from, or null if it was made empty
    public record DatabaseSettings(
            InstanceSize instance,
            int storageGib,
            Duration backups,
            Zones zones,
            SslMode sslMode,
            DatabaseAuthentication authentication,
            RetentionPeriod retention,
            @Nullable Restoration restoration) {
        /// How many times its first size the disk may reach.
        public static final int STORAGE_GROWTH = 5;

        /// A volume has 64 TiB at most.
        private static final AllowedRange<Integer> STORAGES = new AllowedRange<>(20, 65_536 / STORAGE_GROWTH);

        private static final AllowedRange<Duration> BACKUPS = new AllowedRange<>(Duration.ZERO, Duration.ofDays(35));
        private static final List<InstanceSize> INSTANCES = List.of(
                InstanceSize.MICRO,
                InstanceSize.SMALL,
                InstanceSize.MEDIUM,
                InstanceSize.LARGE,
                InstanceSize.XLARGE,
                InstanceSize.XLARGE2);

        public DatabaseSettings {
            if (!INSTANCES.contains(instance)) {
                throw new IllegalArgumentException(
                        "database.instance is %s: expected one of %s".formatted(instance, INSTANCES));
            }
            STORAGES.check("database.storageGib", storageGib);
            BACKUPS.check("database.backups", backups);
            if (!Duration.ofDays(backups.toDays()).equals(backups)) {
                throw new IllegalArgumentException("database.backups is %s: expected whole days".formatted(backups));
            }
        }

        /// The snapshot that the server was made from, if it was restored.
        public Optional<Restoration> restored() {
            return Optional.ofNullable(restoration);
        }

        /// The instance's type, on Graviton as the functions are.
        public InstanceType instanceType() {
            return InstanceType.of(InstanceClass.T4G, instance);
        }

        /// Whether the server refuses connections without TLS.
        public boolean tlsOnly() {
            return sslMode != SslMode.DISABLE;
        }
    }

    /// A server that was made from a snapshot, in place of another one. It must stay in the settings:
    /// CloudFormation would replace a server whose snapshot is no longer named by an empty one.
    ///
    /// @param snapshot the snapshot's identifier or ARN
    /// @param server the new server's identifier, which no other server has had
    public record Restoration(String snapshot, String server) {
        private static final Pattern SERVER = Pattern.compile("(?=.{1,63}$)[a-z](-?[a-z0-9])*");

        public Restoration {
            if (snapshot.isBlank() || !SERVER.matcher(server).matches()) {
                throw new IllegalArgumentException(
                        "database.restoration is '%s' as '%s': expected a snapshot, and a server's identifier such as "
                                        .formatted(snapshot, server)
                                + "vowcheck-prod-2");
            }
        }
    }

    /// The scoring path's settings.
    ///
    /// @param modelRefreshAge how old a function's knowledge of the model in production may be
    /// @param unloggedRetry how long the queue of unlogged predictions waits after a failed attempt. SQS keeps a
    ///     message for 14 days and delivers it 1,000 times at most; from 21 minutes on, the days end first
    public record ScoringSettings(Duration modelRefreshAge, Duration unloggedRetry, Rollout rollout) {
        private static final AllowedRange<Duration> AGES =
                new AllowedRange<>(Duration.ofSeconds(1), Duration.ofMinutes(5));

        /// SQS hides a message for twelve hours at most.
        private static final AllowedRange<Duration> RETRIES =
                new AllowedRange<>(Duration.ofMinutes(1), Duration.ofHours(12));

        public ScoringSettings {
            AGES.check("scoring.modelRefreshAge", modelRefreshAge);
            RETRIES.check("scoring.unloggedRetry", unloggedRetry);
        }
    }

    /// The training's settings.
    ///
    /// @param faultyRowsShare the share of the labelled rows that may be out of bounds and are then left out,
    ///     from 0 to 1; with 0, a single one fails the training
    /// @param leastOverlap a feature of the newest labelled rows that overlaps less with the rows of the
    ///     champion and with the logged applications fails the training; 0 accepts everything,
    ///     also every share of divorces
    /// @param replayRestores whether a replay puts back what served before it, unless its input says otherwise
    /// @param size processors and memory of the task
    /// @param policy when a challenger replaces the champion
    /// @param approval whether a person must approve before a better challenger is promoted; a training's input can
    ///     ask for it on any stage
    /// @param approvalWait how long a training waits for that; then the champion is kept
    public record TrainingSettings(
            double faultyRowsShare,
            double leastOverlap,
            boolean replayRestores,
            TrainingSize size,
            PromotionPolicy policy,
            Approval approval,
            Duration approvalWait) {
        private static final AllowedRange<Double> SHARES = new AllowedRange<>(0.0, 1.0);
        private static final AllowedRange<Duration> WAITS =
                new AllowedRange<>(Duration.ofMinutes(5), Duration.ofDays(30));

        public TrainingSettings {
            SHARES.check("training.faultyRowsShare", faultyRowsShare);
            SHARES.check("training.leastOverlap", leastOverlap);
            WAITS.check("training.approvalWait", approvalWait);
        }
    }

    /// The API's settings.
    ///
    /// @param callers who may reach the API at all
    /// @param limits how much each guarded method takes of all clients together
    /// @param clients the programs that may score
    /// @param apiId the API's id, or null where nobody can choose it
    /// @param domain the name by which callers reach the API besides its own, or null
    public record ApiSettings(
            AllowedCallers callers,
            ApiLimits limits,
            List<Client> clients,
            @Nullable String apiId,
            @Nullable CustomDomain domain) {
        private static final Pattern API_ID = Pattern.compile("[a-z0-9]{1,20}");

        public ApiSettings {
            clients = List.copyOf(clients);
            var names = clients.stream().map(Client::name).distinct().toList();
            if (names.isEmpty() || names.size() < clients.size()) {
                throw new IllegalArgumentException("api.clients is %s: expected at least one, and each name once"
                        .formatted(clients.stream().map(Client::name).toList()));
            }
            if (apiId != null && !API_ID.matcher(apiId).matches()) {
                throw new IllegalArgumentException(
                        "api.apiId is '%s': expected up to 20 characters of a-z and 0-9".formatted(apiId));
            }
        }

        /// The API's id, where it can be chosen.
        public Optional<String> pinnedId() {
            return Optional.ofNullable(apiId);
        }

        /// The name of our own, where there is one.
        public Optional<CustomDomain> customDomain() {
            return Optional.ofNullable(domain);
        }
    }

    /// A host name of our own for the API. The API's own name is another one whenever the stack is made anew;
    /// this one stays.
    ///
    /// @param name such as `scoring.example.org`
    /// @param certificateArn a certificate for that name in ACM, in the region of the stage
    public record CustomDomain(String name, String certificateArn) {
        private static final Pattern HOST = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
        private static final Pattern ARN =
                Pattern.compile("arn:aws:acm:" + Stages.REGION + ":[0-9]{12}:certificate/[0-9a-f-]{36}");

        public CustomDomain {
            if (!HOST.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "domain is '%s': expected a host name such as scoring.example.org".formatted(name));
            }
            if (!ARN.matcher(certificateArn).matches()) {
                throw new IllegalArgumentException("certificate is '%s': expected the ARN of a certificate of ACM in %s"
                        .formatted(certificateArn, Stages.REGION));
            }
        }
    }

    /// How much a method takes.
    ///
    /// @param requestsPerSecond sustained rate
    /// @param burst requests at once
    public record ApiLimits(int requestsPerSecond, int burst) {
        /// What an account's quota is at first, for all its APIs in a region.
        private static final AllowedRange<Integer> RATES = new AllowedRange<>(1, 10_000);

        private static final AllowedRange<Integer> BURSTS = new AllowedRange<>(1, 5_000);

        public ApiLimits {
            check("api.limits", requestsPerSecond, burst);
        }

        private static void check(String setting, int requestsPerSecond, int burst) {
            RATES.check(setting + ".requestsPerSecond", requestsPerSecond);
            BURSTS.check(setting + ".burst", burst);
        }
    }

    /// A program that calls the API, with the limits of each of its API keys. If a client is removed from a
    /// stage, its keys are refused; its predictions stay.
    ///
    /// @param requestsPerSecond sustained rate
    /// @param burst requests at once
    public record Client(ClientName name, int requestsPerSecond, int burst, int requestsPerDay) {
        /// The greatest rate, a whole day long.
        private static final AllowedRange<Integer> DAYS = new AllowedRange<>(1, 864_000_000);

        public Client {
            if (!name.isKnown()) {
                throw new IllegalArgumentException(
                        "a client is named '%s', which stands for no client".formatted(name));
            }
            var setting = "api.clients." + name;
            ApiLimits.check(setting, requestsPerSecond, burst);
            DAYS.check(setting + ".requestsPerDay", requestsPerDay);
        }
    }

    /// MLflow's settings.
    ///
    /// @param port where it listens, in the network or, locally, on this machine
    /// @param origins origins besides the API's own address whose pages may call it; `{api}` stands for the
    ///     API's id, `*` for anything
    /// @param state whether it is there
    public record TrackingSettings(int port, List<String> origins, Tracking state) {
        private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s,]+");

        /// Its user may not listen below.
        private static final AllowedRange<Integer> PORTS = new AllowedRange<>(1_024, 65_535);

        public TrackingSettings {
            origins = List.copyOf(origins);
            PORTS.check("tracking.port", port);
            for (var origin : origins) {
                if (!ORIGIN.matcher(origin).matches()) {
                    throw new IllegalArgumentException(
                            "tracking.origins has '%s': expected origins such as https://example.org"
                                    .formatted(origin));
                }
            }
        }
    }

    /// What is kept of what happens, and who is told.
    ///
    /// @param logRetention how long logs are kept
    /// @param notificationEmails who gets the alarms by mail; each address confirms once
    /// @param canary how often a canary is scored, in whole minutes; zero is never
    public record ObservationSettings(RetentionDays logRetention, List<String> notificationEmails, Duration canary) {
        /// A day holds at least four, so that an alarm that waits for three of them is of use.
        private static final AllowedRange<Duration> CANARIES = new AllowedRange<>(Duration.ZERO, Duration.ofHours(6));

        private static final Pattern EMAIL = Pattern.compile("[^@\\s,;]{1,64}@[^@\\s,;.]+(\\.[^@\\s,;.]+)+");

        public ObservationSettings {
            notificationEmails = List.copyOf(notificationEmails);
            if (logRetention == RetentionDays.INFINITE) {
                throw new IllegalArgumentException("observation.logRetention is INFINITE: expected a number of days");
            }
            CANARIES.check("observation.canary", canary);
            if (!Duration.ofMinutes(canary.toMinutes()).equals(canary)) {
                throw new IllegalArgumentException(
                        "observation.canary is %s: expected whole minutes".formatted(canary));
            }
            for (var email : notificationEmails) {
                if (!EMAIL.matcher(email).matches()) {
                    throw new IllegalArgumentException(
                            "notificationEmail has '%s': expected addresses such as you@example.org".formatted(email));
                }
            }
        }
    }

    /// What may be used up at most. `docs/operations.md` says what happens at each limit.
    ///
    /// @param scoringEnvironments how many environments of the scoring function may run at a time, each with
    ///     one connection to the database and one request at a time
    /// @param loginsPerAddress how many calls with name and password an address may send in five minutes, or 0
    ///     for no limit; costs about 6 USD a month
    /// @param monthlyBudgetUsd from what cost of the account in a month people are mailed, or 0 for never
    public record LimitSettings(int scoringEnvironments, int loginsPerAddress, int monthlyBudgetUsd) {
        /// An account has 1,000 at first, of which Lambda keeps 100 for functions without a limit.
        private static final AllowedRange<Integer> ENVIRONMENTS = new AllowedRange<>(2, 800);

        /// AWS WAF counts from ten on.
        private static final AllowedRange<Integer> LOGINS = new AllowedRange<>(10, 1_000_000);

        private static final AllowedRange<Integer> BUDGETS = new AllowedRange<>(0, 1_000_000);

        public LimitSettings {
            if (loginsPerAddress != 0) {
                LOGINS.check("limits.loginsPerAddress", loginsPerAddress);
            }
            BUDGETS.check("limits.monthlyBudgetUsd", monthlyBudgetUsd);
            ENVIRONMENTS.check("limits.scoringEnvironments", scoringEnvironments);
        }
    }

    /// The same stage with another way of rolling out the scoring function.
    Stage withRollout(Rollout rollout) {
        return with(new ScoringSettings(scoring.modelRefreshAge(), scoring.unloggedRetry(), rollout), api, tracking);
    }

    /// The same stage with a host name of its own.
    public Stage withDomain(CustomDomain domain) {
        return with(
                scoring, new ApiSettings(api.callers(), api.limits(), api.clients(), api.apiId(), domain), tracking);
    }

    /// The same stage with MLflow there, or not.
    public Stage withTracking(Tracking state) {
        return with(scoring, api, new TrackingSettings(tracking.port(), tracking.origins(), state));
    }

    /// The same stage with MLflow on another port, where another program has the usual one.
    public Stage withMlflowPort(int port) {
        return with(scoring, api, new TrackingSettings(port, tracking.origins(), tracking.state()));
    }

    private Stage with(ScoringSettings scoring, ApiSettings api, TrackingSettings tracking) {
        return new Stage(
                name, environment, lifetime, network, database, scoring, training, api, tracking, observation, limits);
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

    /// What becomes of data when their stack is deleted. A creation that fails leaves nothing behind: under a
    /// fixed name, what is left would fail the next creation.
    public RemovalPolicy dataRemoval() {
        return lasting() ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
