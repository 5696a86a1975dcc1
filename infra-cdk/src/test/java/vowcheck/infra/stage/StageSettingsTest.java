package vowcheck.infra.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.logs.RetentionDays;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.TrainingSize;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.SslMode;
import vowcheck.core.clients.ClientName;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.training.PromotionPolicy;

/// What a stage accepts of its settings and of the context, and what it says about the rest.
class StageSettingsTest {
    private static final String CERTIFICATE =
            "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

    private static final Map<String, String> PROD =
            Map.of("stage", "prod", "allowedAddresses", "203.0.113.0/24", "notificationEmail", "operators@example.org");

    private static final Stage.Client CLERKS = new Stage.Client(ClientName.CLERKS, 1, 1, 1);

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused("database.instance", "NANO", instances(), () -> database(InstanceSize.NANO, 20, days(1))),
                refused("database.storageGib", "19", "20 to 13107", () -> database(InstanceSize.MICRO, 19, days(1))),
                refused(
                        "database.storageGib",
                        "13108",
                        "20 to 13107",
                        () -> database(InstanceSize.MICRO, 13_108, days(1))),
                refused(
                        "database.backups",
                        "36 days",
                        "0 s to 35 days",
                        () -> database(InstanceSize.MICRO, 20, days(36))),
                refused(
                        "database.backups",
                        "PT36H",
                        "whole days",
                        () -> database(InstanceSize.MICRO, 20, Duration.ofHours(36))),
                refused("retention", "5 months", "6 to 120", () -> new RetentionPeriod(5)),
                refused("scoring.modelRefreshAge", "0 s", "1 s to 300 s", () -> scoring(Duration.ZERO, minutes(21))),
                refused("scoring.modelRefreshAge", "301 s", "1 s to 300 s", () -> scoring(seconds(301), minutes(21))),
                refused("scoring.unloggedRetry", "59 s", "60 s to 43200 s", () -> scoring(seconds(30), seconds(59))),
                refused(
                        "scoring.unloggedRetry",
                        "43201 s",
                        "60 s to 43200 s",
                        () -> scoring(seconds(30), seconds(43_201))),
                refused("limits.scoringEnvironments", "1", "2 to 800", () -> new Stage.LimitSettings(1, 0, 0)),
                refused("limits.scoringEnvironments", "801", "2 to 800", () -> new Stage.LimitSettings(801, 0, 0)),
                refused("limits.loginsPerAddress", "9", "10 to 1000000", () -> new Stage.LimitSettings(2, 9, 0)),
                refused("limits.monthlyBudgetUsd", "-1", "0 to 1000000", () -> new Stage.LimitSettings(2, 0, -1)),
                refused("training.faultyRowsShare", "-0.1", "0.0 to 1.0", () -> training(-0.1, 0)),
                refused("training.faultyRowsShare", "NaN", "0.0 to 1.0", () -> training(Double.NaN, 0)),
                refused("training.leastOverlap", "1.1", "0.0 to 1.0", () -> training(0, 1.1)),
                refused(
                        "training.size.cpu",
                        "100",
                        "one of [512, 1024, 2048, 4096, 8192, 16384]",
                        () -> new TrainingSize(100, 2048)),
                refused(
                        "training.approvalWait",
                        "60 s",
                        "300 s to 30 days",
                        () -> new Stage.TrainingSettings(
                                0,
                                0,
                                true,
                                new TrainingSize(1024, 2048),
                                PromotionPolicy.CAREFUL,
                                Stage.Approval.REQUIRED,
                                Duration.ofMinutes(1))),
                refused("api.limits.requestsPerSecond", "0", "1 to 10000", () -> new Stage.ApiLimits(0, 1)),
                refused("api.limits.requestsPerSecond", "10001", "1 to 10000", () -> new Stage.ApiLimits(10_001, 1)),
                refused("api.limits.burst", "0", "1 to 5000", () -> new Stage.ApiLimits(1, 0)),
                refused("api.limits.burst", "5001", "1 to 5000", () -> new Stage.ApiLimits(1, 5_001)),
                refused("api.clients.clerks.requestsPerSecond", "0", "1 to 10000", () -> client(0, 1, 1)),
                refused("api.clients.clerks.burst", "5001", "1 to 5000", () -> client(1, 5_001, 1)),
                refused("api.clients.clerks.requestsPerDay", "0", "1 to 864000000", () -> client(1, 1, 0)),
                refused("api.clients", "[]", "at least one, and each name once", () -> api(List.of(), null)),
                refused(
                        "api.clients",
                        "[clerks, clerks]",
                        "at least one, and each name once",
                        () -> api(List.of(CLERKS, CLERKS), null)),
                refused("api.apiId", "'A/b'", "up to 20 characters of a-z and 0-9", () -> api(List.of(CLERKS), "A/b")),
                refused("tracking.port", "80", "1024 to 65535", () -> tracking(80, List.of())),
                refused("tracking.port", "65536", "1024 to 65535", () -> tracking(65_536, List.of())),
                refused(
                        "observation.logRetention",
                        "INFINITE",
                        "a number of days",
                        () -> observation(RetentionDays.INFINITE, minutes(5))),
                refused(
                        "observation.canary",
                        "21601 s",
                        "0 s to 21600 s",
                        () -> observation(RetentionDays.ONE_WEEK, seconds(21_601))),
                refused(
                        "observation.canary",
                        "PT1M30S",
                        "whole minutes",
                        () -> observation(RetentionDays.ONE_WEEK, seconds(90))));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("outOfRange")
    void aSettingThatIsOutOfRangeIsRefusedByName(String setting, String value, String expected, Runnable creation) {
        assertThatIllegalArgumentException()
                .isThrownBy(creation::run)
                .withMessageMatching("\\Q%s is %s\\E[:,] expected \\Q%s\\E".formatted(setting, value, expected));
    }

    /// A reader finds the range of each setting in a table.
    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("outOfRange")
    void theReadmeListsEachRange(String setting, String value, String expected) throws IOException {
        var row = "| `%s` | %s |".formatted(setting.replace(".clerks.", ".NAME."), expected);
        if (!expected.startsWith("whole ")) {
            assertThat(Files.readString(Path.of("README.md"))).contains(row);
        }
    }

    @Test
    void aPageOfAnotherOriginMustBeAnOrigin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracking(5_000, List.of("https://example.org/mlflow")))
                .withMessage("tracking.origins has 'https://example.org/mlflow': "
                        + "expected origins such as https://example.org");
    }

    @Test
    void theLeastAndTheGreatestOfARangeAreAllowed() {
        assertThatNoException().isThrownBy(() -> {
            database(InstanceSize.XLARGE2, 13_107, days(35));
            scoring(minutes(5), Duration.ofHours(12));
            training(1, 1);
            client(10_000, 5_000, 864_000_000);
            tracking(1_024, List.of("https://example.org"));
        });
    }

    @Test
    void aLastingStageHasBackupsAndTls() {
        var prod = Stages.of(ContextValues.of(PROD), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stage(
                        "prod",
                        prod.environment(),
                        prod.lifetime(),
                        prod.network(),
                        database(InstanceSize.MICRO, 20, Duration.ZERO),
                        prod.scoring(),
                        prod.training(),
                        prod.api(),
                        prod.tracking(),
                        prod.observation(),
                        prod.limits()))
                .withMessage("stage prod is lasting: expected backups, and TLS to the database");
    }

    @Test
    void anUnknownStageIsRefusedByName() {
        refuses(Map.of("stage", "test"), "a stage is 'test', expected one of local, dev, prod");
    }

    @ParameterizedTest
    @CsvSource({"' ', vowcheck-prod-2", "nightly, Vowcheck", "nightly, vowcheck--2", "nightly, vowcheck-", "nightly, 2"
    })
    void aRestorationNamesASnapshotAndAServer(String snapshot, String server) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stage.Restoration(snapshot, server))
                .withMessage(
                        "database.restoration is '%s' as '%s': expected a snapshot, and a server's identifier such as "
                                        .formatted(snapshot, server)
                                + "vowcheck-prod-2");
    }

    @Test
    void aRestoredServersIdentifierHasAtMost63Characters() {
        var longest = "v" + "-2".repeat(31);
        assertThat(new Stage.Restoration("nightly", longest).server()).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage.Restoration("nightly", longest + "3"));
    }

    @Test
    void theStageMustBeSaid() {
        refuses(
                Map.of(),
                "stage is missing: expected -c stage=local, dev or prod; the context keys are " + ContextKey.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowedAdresses", "Stage", "@aws/cdk", "availability-zones"})
    void anUnknownKeyIsRefusedWithTheListOfTheKnown(String key) {
        refuses(
                with(PROD, key, "203.0.113.0/24"),
                "there is no context key '%s': expected %s".formatted(key, ContextKey.all()));
        assertThat(ContextKey.all())
                .startsWith(
                        "stage, notificationEmail, allowedAddresses, authorization, rollout, domain, certificate, ");
    }

    @Test
    void theKeysOfCdkAreKnown() {
        var context = new HashMap<String, Object>(PROD);
        context.put("@aws-cdk/core:target-partitions", List.of("aws"));
        context.put("@aws-cdk-containers/ecs-service-extensions:enableDefaultLogDriver", true);
        context.put("aws:cdk:enable-path-metadata", true);
        context.put("aws-cdk:enableDiffNoFail", true);
        context.put("cli-telemetry", false);
        context.put("acknowledged-issue-numbers", List.of(32775));
        context.put("availability-zones:account=123456789012:region=eu-central-1", List.of("eu-central-1a"));
        assertThat(Stages.of(ContextValues.of(context), null).name()).isEqualTo("prod");
    }

    @Test
    void whatADeployedStageMustBeToldIsNamedAtOnce() {
        refuses(
                Map.of("stage", "prod"),
                "stage prod also needs allowedAddresses or authorization, and notificationEmail; the context keys are "
                        + ContextKey.all());
        refuses(
                Map.of("stage", "prod", "authorization", "iam"),
                "stage prod also needs notificationEmail; the context keys are " + ContextKey.all());
        refuses(
                Map.of("stage", "dev"),
                "stage dev also needs allowedAddresses or authorization; the context keys are " + ContextKey.all());
    }

    @Test
    void onlyProdIsNeverOpenToAnyone() {
        refuses(
                with(PROD, "allowedAddresses", "anyone"),
                "anyone could reach stage prod: "
                        + "give -c allowedAddresses=203.0.113.0/24,… or -c authorization=iam");
        assertThat(Stages.of(ContextValues.of(Map.of("stage", "dev", "allowedAddresses", "anyone")), null)
                        .api()
                        .callers())
                .isEqualTo(new AllowedCallers.Anyone());
    }

    @ParameterizedTest
    @CsvSource({
        "mlflow, off, mlflow is 'off': expected up or down",
        "rollout, slowly, rollout is 'slowly': expected at-once or staged",
        "domain, scoring.example.org, 'one of domain and certificate is missing: expected both, or neither'",
        "certificate, arn, 'one of domain and certificate is missing: expected both, or neither'",
        "mlflowPort, many, mlflowPort is 'many': expected a whole number",
        "mlflowPort, 80, tracking.port is 80: expected 1024 to 65535",
        "mlflowPort, ' ', mlflowPort is ' ': expected a text",
    })
    void aValueThatCannotBeIsRefusedByItsKey(String key, String value, String message) {
        refuses(with(PROD, key, value), message);
    }

    @ParameterizedTest
    @CsvSource({
        "https://scoring.example.org, domain is 'https://scoring.example.org': expected a host name such as "
                + "scoring.example.org",
        "example, domain is 'example': expected a host name such as scoring.example.org",
    })
    void aHostNameThatIsNoneIsRefused(String name, String message) {
        refuses(with(with(PROD, "domain", name), "certificate", CERTIFICATE), message);
    }

    @Test
    void aCertificateOfAnotherRegionIsRefused() {
        var other = CERTIFICATE.replace("eu-central-1", "us-east-1");
        refuses(
                with(with(PROD, "domain", "scoring.example.org"), "certificate", other),
                "certificate is '%s': expected the ARN of a certificate of ACM in eu-central-1".formatted(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"operators", "operators@", "@example.org", "two words@example.org", "a@b@example.org", "a@b"})
    void anAddressThatIsNoneIsRefused(String address) {
        refuses(
                with(PROD, "notificationEmail", "operators@example.org," + address),
                "notificationEmail has '%s': expected addresses such as you@example.org".formatted(address));
    }

    @Test
    void severalAddressesGetTheAlarms() {
        assertThat(Stages.of(ContextValues.of(with(PROD, "notificationEmail", "a@example.org, b@example.org")), null)
                        .observation()
                        .notificationEmails())
                .containsExactly("a@example.org", "b@example.org");
    }

    @Test
    void theLocalStageIsForLocalStacksAccountOnly() {
        assertThat(Stages.of(ContextValues.of(Map.of("stage", "local")), "123456789012")
                        .environment()
                        .getAccount())
                .isEqualTo("000000000000");
    }

    private static void refuses(Map<String, String> context, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stages.of(ContextValues.of(context), null))
                .withMessage(message);
    }

    private static Map<String, String> with(Map<String, String> context, String key, String value) {
        var result = new HashMap<>(context);
        result.put(key, value);
        return result;
    }

    private static Arguments refused(String setting, String value, String expected, Runnable creation) {
        return arguments(setting, value, expected, creation);
    }

    private static String instances() {
        return "one of [MICRO, SMALL, MEDIUM, LARGE, XLARGE, XLARGE2]";
    }

    private static Stage.DatabaseSettings database(InstanceSize instance, int storageGib, Duration backups) {
        return new Stage.DatabaseSettings(
                instance,
                storageGib,
                backups,
                Stage.Zones.ONE,
                SslMode.VERIFY_FULL,
                DatabaseAuthentication.IAM,
                RetentionPeriod.DEFAULT,
                null);
    }

    private static Stage.ScoringSettings scoring(Duration modelRefreshAge, Duration unloggedRetry) {
        return new Stage.ScoringSettings(modelRefreshAge, unloggedRetry, Stage.Rollout.AT_ONCE);
    }

    private static Stage.ObservationSettings observation(RetentionDays logRetention, Duration canary) {
        return new Stage.ObservationSettings(logRetention, List.of(), canary);
    }

    private static Stage.TrackingSettings tracking(int port, List<String> origins) {
        return new Stage.TrackingSettings(port, origins, Stage.Tracking.UP);
    }

    private static Stage.TrainingSettings training(double faultyRowsShare, double leastOverlap) {
        return new Stage.TrainingSettings(
                faultyRowsShare,
                leastOverlap,
                true,
                new TrainingSize(1024, 2048),
                PromotionPolicy.CAREFUL,
                Stage.Approval.REQUIRED,
                Duration.ofDays(3));
    }

    private static Stage.Client client(int requestsPerSecond, int burst, int requestsPerDay) {
        return new Stage.Client(ClientName.CLERKS, requestsPerSecond, burst, requestsPerDay);
    }

    private static Stage.ApiSettings api(List<Stage.Client> clients, @Nullable String apiId) {
        return new Stage.ApiSettings(new AllowedCallers.Anyone(), new Stage.ApiLimits(1, 1), clients, apiId, null);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
