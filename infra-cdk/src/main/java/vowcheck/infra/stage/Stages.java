package vowcheck.infra.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.deployment.TrainingSize;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.SslMode;
import vowcheck.core.clients.ClientName;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.RangeCheck;
import vowcheck.infra.stage.Stage.ApiLimits;
import vowcheck.infra.stage.Stage.ApiSettings;
import vowcheck.infra.stage.Stage.Approval;
import vowcheck.infra.stage.Stage.Client;
import vowcheck.infra.stage.Stage.CustomDomain;
import vowcheck.infra.stage.Stage.DatabaseSettings;
import vowcheck.infra.stage.Stage.Egress;
import vowcheck.infra.stage.Stage.FlowLogs;
import vowcheck.infra.stage.Stage.Lifetime;
import vowcheck.infra.stage.Stage.LimitSettings;
import vowcheck.infra.stage.Stage.NetworkSettings;
import vowcheck.infra.stage.Stage.ObservationSettings;
import vowcheck.infra.stage.Stage.Readers;
import vowcheck.infra.stage.Stage.Rollout;
import vowcheck.infra.stage.Stage.ScoringSettings;
import vowcheck.infra.stage.Stage.Tracking;
import vowcheck.infra.stage.Stage.TrackingSettings;
import vowcheck.infra.stage.Stage.TrainingSettings;
import vowcheck.infra.stage.Stage.Zones;

/// The values of the settings in each stage.
public final class Stages {
    static final String REGION = "eu-central-1";
    private static final int MLFLOW_PORT = 5000;

    /// The least that Fargate offers with one virtual CPU, for some seconds a month; good for more rows than the agency
    /// will have for decades (`docs/scaling.md`).
    private static final TrainingSize SMALLEST = new TrainingSize(1024, 2048);

    /// Where clerks use what serves. People correct what is wrong with the rows, on every stage.
    private static final TrainingSettings TRAINING = new TrainingSettings(
            0,
            RangeCheck.LEAST_OVERLAP,
            true,
            SMALLEST,
            PromotionPolicy.CAREFUL,
            Approval.NOT_REQUIRED,
            Duration.ofDays(1));

    /// Clerks' decisions rest on what serves: a person answers for it. Three days are longer than a weekend.
    private static final TrainingSettings APPROVED = new TrainingSettings(
            0,
            RangeCheck.LEAST_OVERLAP,
            true,
            SMALLEST,
            PromotionPolicy.CAREFUL,
            Approval.REQUIRED,
            Duration.ofDays(3));

    /// Often enough to notice a failure before the clerks do, and to keep an environment warm.
    private static final Duration CANARY = Duration.ofMinutes(5);

    private Stages() {}

    /// The stage that a synthesis names.
    ///
    /// @param account the account that deploys, where it is known
    /// @throws IllegalArgumentException for a stage that does not exist, for a value that is missing or not
    ///     allowed, and for a `prod` that anyone may reach
    public static Stage of(ContextValues context, @Nullable String account) {
        var name = StageName.named(context.value(ContextKey.STAGE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "stage is missing: expected -c stage=local, dev or prod; the context keys are "
                                + ContextKey.all())));
        var emails = context.list(ContextKey.NOTIFICATION_EMAIL);
        var callers = AllowedCallers.of(context);
        var stage = switch (name) {
            case LOCAL -> local(callers.orElseGet(AllowedCallers.Anyone::new), emails);
            case DEV -> dev(account, required(name, callers, true), emails);
            case PROD -> prod(account, limited(required(name, callers, !emails.isEmpty())), emails);
        };
        var ported = context.value(ContextKey.MLFLOW_PORT)
                .map(port -> stage.withMlflowPort(wholeNumber(ContextKey.MLFLOW_PORT, port)))
                .orElse(stage);
        var rolled = context.value(ContextKey.ROLLOUT)
                .map(rollout -> ported.withRollout(Rollout.of(rollout)))
                .orElse(ported);
        var tracked = context.value(ContextKey.MLFLOW)
                .map(state -> rolled.withTracking(Tracking.of(state)))
                .orElse(rolled);
        return domain(context).map(tracked::withDomain).orElse(tracked);
    }

    /// Neither the name nor its certificate is of use alone.
    private static Optional<CustomDomain> domain(ContextValues context) {
        var name = context.value(ContextKey.DOMAIN);
        var certificate = context.value(ContextKey.CERTIFICATE);
        if (name.isPresent() != certificate.isPresent()) {
            throw new IllegalArgumentException("one of %s and %s is missing: expected both, or neither"
                    .formatted(ContextKey.DOMAIN.text(), ContextKey.CERTIFICATE.text()));
        }
        return name.map(host -> new CustomDomain(host, certificate.orElseThrow()));
    }

    private static Stage local(AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                LocalStage.NAME,
                // Named, so that a deployment of this stage to a real account is refused.
                environment(LocalStage.ACCOUNT),
                Lifetime.DISPOSABLE,
                new NetworkSettings(Egress.ENDPOINTS, FlowLogs.OFF, Readers.NONE),
                new DatabaseSettings(
                        InstanceSize.SMALL,
                        20,
                        Duration.ZERO,
                        Zones.ONE,
                        SslMode.DISABLE,
                        DatabaseAuthentication.SECRET,
                        RetentionPeriod.DEFAULT,
                        null),
                new ScoringSettings(Duration.ofSeconds(1), Duration.ofMinutes(1), Rollout.AT_ONCE),
                // The acceptance walk of the installation that it replaces is that of the contract's rule.
                new TrainingSettings(
                        0,
                        RangeCheck.LEAST_OVERLAP,
                        false,
                        SMALLEST,
                        PromotionPolicy.CONTRACT,
                        Approval.NOT_REQUIRED,
                        Duration.ofHours(1)),
                new ApiSettings(
                        callers,
                        new ApiLimits(10_000, 5_000),
                        List.of(
                                new Client(ClientName.CLERKS, 10_000, 5_000, 100_000_000),
                                // A second one, to try how clients are kept apart.
                                new Client(new ClientName("portal"), 10, 20, 10_000)),
                        LocalStage.REST_API_ID,
                        null),
                // LocalStack's address by host name, at whatever port was free.
                new TrackingSettings(MLFLOW_PORT, List.of("http://{api}.execute-api.localhost:*"), Tracking.UP),
                new ObservationSettings(RetentionDays.ONE_WEEK, notificationEmails, Duration.ZERO),
                new LimitSettings(40, 0, 0));
    }

    private static Stage dev(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                StageName.DEV.value(),
                environment(account),
                Lifetime.LASTING,
                // No applicant's data: it may be cheap, and interrupted.
                new NetworkSettings(Egress.NAT_INSTANCE, FlowLogs.ON, Readers.NONE),
                // TLS and authentication as on prod, so that they are tried here first. Logins by token are slow,
                // and may fail, on the smallest instance.
                new DatabaseSettings(
                        InstanceSize.SMALL,
                        20,
                        Duration.ofDays(1),
                        Zones.ONE,
                        SslMode.VERIFY_FULL,
                        DatabaseAuthentication.IAM,
                        RetentionPeriod.DEFAULT,
                        null),
                new ScoringSettings(Duration.ofSeconds(30), Duration.ofMinutes(21), Rollout.STAGED),
                TRAINING,
                new ApiSettings(
                        callers,
                        new ApiLimits(20, 40),
                        List.of(new Client(ClientName.CLERKS, 20, 40, 50_000)),
                        null,
                        null),
                new TrackingSettings(MLFLOW_PORT, List.of(), Tracking.DOWN),
                new ObservationSettings(RetentionDays.ONE_MONTH, notificationEmails, CANARY),
                new LimitSettings(40, 0, 200));
    }

    private static Stage prod(@Nullable String account, AllowedCallers callers, List<String> notificationEmails) {
        return new Stage(
                StageName.PROD.value(),
                environment(account),
                Lifetime.LASTING,
                new NetworkSettings(Egress.ENDPOINTS, FlowLogs.ON, Readers.NONE),
                new DatabaseSettings(
                        InstanceSize.MEDIUM,
                        50,
                        Duration.ofDays(14),
                        Zones.TWO,
                        SslMode.VERIFY_FULL,
                        DatabaseAuthentication.IAM,
                        RetentionPeriod.DEFAULT,
                        null),
                new ScoringSettings(Duration.ofSeconds(30), Duration.ofMinutes(21), Rollout.STAGED),
                APPROVED,
                new ApiSettings(
                        callers,
                        new ApiLimits(100, 200),
                        List.of(new Client(ClientName.CLERKS, 100, 200, 500_000)),
                        null,
                        null),
                new TrackingSettings(MLFLOW_PORT, List.of(), Tracking.UP),
                new ObservationSettings(RetentionDays.ONE_YEAR, notificationEmails, CANARY),
                new LimitSettings(200, 1_000, 400));
    }

    /// Nothing that is deployed to an account is open because somebody forgot to say otherwise.
    private static AllowedCallers required(StageName stage, Optional<AllowedCallers> callers, boolean mailed) {
        var missing = new ArrayList<String>();
        if (callers.isEmpty()) {
            missing.add(ContextKey.ALLOWED_ADDRESSES.text() + " or " + ContextKey.AUTHORIZATION.text());
        }
        if (!mailed) {
            missing.add(ContextKey.NOTIFICATION_EMAIL.text());
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("stage %s also needs %s; the context keys are %s"
                    .formatted(stage.value(), String.join(", and ", missing), ContextKey.all()));
        }
        return callers.orElseThrow();
    }

    private static AllowedCallers limited(AllowedCallers callers) {
        if (callers instanceof AllowedCallers.Anyone) {
            throw new IllegalArgumentException("anyone could reach stage prod: "
                    + "give -c allowedAddresses=203.0.113.0/24,… or -c authorization=iam");
        }
        return callers;
    }

    private static int wholeNumber(ContextKey key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is '%s': expected a whole number".formatted(key.text(), value), e);
        }
    }

    private static Environment environment(@Nullable String account) {
        return Environment.builder().account(account).region(REGION).build();
    }
}
