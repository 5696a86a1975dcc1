package vowcheck.infra.stage;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.SslMode;

/// Everything in which one stage differs from another.
///
/// @param name `local`, `dev` or `prod`
/// @param environment account and region; without an account, the one that deploys
/// @param lasting whether data outlive their stack and stacks and database are protected from deletion
/// @param logRetention how long logs are kept
/// @param modelRefreshAge how old a function's knowledge of the model in production may be
/// @param unloggedRetry how long after a failed attempt the queue of unlogged predictions tries again; from 21
///     minutes on, the thousand attempts that SQS allows last as long as it keeps a message
/// @param callers who may reach the API at all
/// @param notificationEmails who gets the alarms by mail; each address confirms once
public record Stage(
        String name,
        Environment environment,
        boolean lasting,
        NetworkSettings network,
        DatabaseSettings database,
        ApiLimits limits,
        RetentionDays logRetention,
        Duration modelRefreshAge,
        Duration unloggedRetry,
        AllowedCallers callers,
        TrackingSettings tracking,
        List<String> notificationEmails) {
    private static final String REGION = "eu-central-1";
    private static final String LOCALSTACK_ACCOUNT = "000000000000";
    private static final int MLFLOW_PORT = 5000;

    /// How what runs in the private subnets reaches other services of AWS (S3 always has its free endpoint).
    public enum Egress {
        /// An endpoint for each service in use, about 88 USD a month; nothing reaches the internet.
        ENDPOINTS,
        /// One NAT gateway in one zone, about 38 USD a month and traffic; the internet is in reach.
        NAT_GATEWAY
    }

    /// The network's settings.
    ///
    /// @param egress the way out of the private subnets
    /// @param flowLogs whether accepted and rejected connections are logged
    public record NetworkSettings(Egress egress, boolean flowLogs) {}

    /// MLflow's settings.
    ///
    /// @param port where it listens, in the network or, locally, on this machine
    /// @param origins whose pages may call it besides those of the API's own address; `{api}` stands for the API's
    ///     id, `*` for anything
    public record TrackingSettings(int port, List<String> origins) {}

    /// The database server's settings.
    ///
    /// @param storageGib the disk's size in GiB; it grows by itself to five times as much
    /// @param backupDays how long automatic backups are kept; 0 is none
    /// @param sslMode libpq's sslmode, for the server as for its clients
    /// @param authentication by what functions and training prove which role they work as; MLflow has a password
    public record DatabaseSettings(
            InstanceType instanceType,
            int storageGib,
            int backupDays,
            boolean multiAz,
            SslMode sslMode,
            DatabaseAuthentication authentication) {
        /// Whether the server refuses connections without TLS.
        public boolean tlsOnly() {
            return sslMode != SslMode.DISABLE;
        }
    }

    /// How much the API takes.
    ///
    /// @param requestsPerSecond sustained rate, for the stage and for each API key
    /// @param burst requests at once
    /// @param requestsPerDay quota of each API key
    public record ApiLimits(int requestsPerSecond, int burst, int requestsPerDay) {}

    /// The stage of that name.
    ///
    /// @param account the account that deploys, where it is known
    /// @throws IllegalArgumentException for any other name than `local`, `dev` and `prod`, and for a `prod` that
    ///     anyone may reach
    public static Stage named(String name, @Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return switch (name) {
            case "local" -> local(callers, notificationEmails);
            case "dev" -> dev(account, callers, notificationEmails);
            case "prod" -> prod(account, limited(callers), notificationEmails);
            default -> throw new IllegalArgumentException("stage is " + name + ": expected local, dev or prod");
        };
    }

    private static Stage local(AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                "local",
                // LocalStack's account by name: a deploy of this stage to a real account is refused.
                environment(LOCALSTACK_ACCOUNT),
                false,
                new NetworkSettings(Egress.ENDPOINTS, false),
                new DatabaseSettings(smallest(), 20, 0, false, SslMode.DISABLE, DatabaseAuthentication.SECRET),
                new ApiLimits(10_000, 5_000, 100_000_000),
                RetentionDays.ONE_WEEK,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                callers,
                // LocalStack's address by host name, at whatever port was free.
                new TrackingSettings(MLFLOW_PORT, List.of("http://{api}.execute-api.localhost:*")),
                notificationEmails);
    }

    private static Stage dev(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                "dev",
                environment(account),
                true,
                new NetworkSettings(Egress.ENDPOINTS, true),
                // As on prod: what prod does has been done here before.
                new DatabaseSettings(smallest(), 20, 1, false, SslMode.VERIFY_FULL, DatabaseAuthentication.IAM),
                new ApiLimits(20, 40, 50_000),
                RetentionDays.ONE_MONTH,
                Duration.ofSeconds(30),
                Duration.ofMinutes(21),
                callers,
                new TrackingSettings(MLFLOW_PORT, List.of()),
                notificationEmails);
    }

    private static Stage prod(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                "prod",
                environment(account),
                true,
                new NetworkSettings(Egress.ENDPOINTS, true),
                new DatabaseSettings(
                        InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
                        50,
                        14,
                        true,
                        SslMode.VERIFY_FULL,
                        DatabaseAuthentication.IAM),
                new ApiLimits(100, 200, 500_000),
                RetentionDays.ONE_YEAR,
                Duration.ofSeconds(30),
                Duration.ofMinutes(21),
                callers,
                new TrackingSettings(MLFLOW_PORT, List.of()),
                notificationEmails);
    }

    /// The same stage with MLflow on another port, where another program has the usual one.
    public Stage withMlflowPort(int port) {
        return new Stage(
                name,
                environment,
                lasting,
                network,
                database,
                limits,
                logRetention,
                modelRefreshAge,
                unloggedRetry,
                callers,
                new TrackingSettings(port, tracking.origins()),
                notificationEmails);
    }

    /// A physical name in this stage, such as `vowcheck-prod-data` for `data`.
    public String resourceName(String part) {
        return "vowcheck-" + name + "-" + part;
    }

    /// A secret's name in this stage, such as `vowcheck-prod/api-key` for `api-key`.
    public String secretName(String part) {
        return "vowcheck-" + name + "/" + part;
    }

    /// What becomes of data when their stack goes.
    public RemovalPolicy dataRemoval() {
        return lasting ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
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

    private static InstanceType smallest() {
        return InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO);
    }
}
