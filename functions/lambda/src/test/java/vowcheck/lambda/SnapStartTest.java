package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.TestCertificates;
import vowcheck.adapters.postgres.TestDatabase;

/// The scoring function in its own JVM, before and after SnapStart's snapshot. The tests count loaded classes instead
/// of time, since loading them takes most of a cold start.
class SnapStartTest {

    private static final String EVENT = Events.text("scoring_handler.json");

    /// Nearly all are hidden classes of lambdas and of linked calls, whose names are not stable and cannot be listed.
    private static final int MOST_CLASSES = 150;

    private static final Pattern HIDDEN = Pattern.compile("\\$\\$Lambda|/0x|^java\\.lang\\.invoke\\.");

    private static final Pattern JDK = Pattern.compile("^(java|javax|jdk|sun|com\\.sun|org\\.jcp)\\.");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private AwsOnLoopback aws;

    @BeforeEach
    void aDatabaseAndABucket() throws Exception {
        database = TestDatabase.migrated();
        aws = new AwsOnLoopback();
    }

    @AfterEach
    void stop() throws Exception {
        aws.close();
        database.close();
    }

    @Test
    void aRehearsalStoresSendsAndCountsNothing() throws Exception {
        aws.promote("7");

        try (var function = snapshot()) {
            assertThat(function.said())
                    .contains("the snapshot holds version 7, rehearsed")
                    .doesNotContain("CloudWatchMetrics");
        }

        assertThat(database.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("0");
        assertThat(database.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'scoring'"))
                .isEqualTo("0");
        assertThat(aws.messages()).isEmpty();
        assertThat(aws.secretsRead()).isEmpty();
    }

    @Test
    void theFirstRequestAfterARestoreFindsItsClassesLoaded() throws Exception {
        aws.promote("7");

        assertFew(loadedByTheFirstRequestAfterARestore(snapshot()));
        assertThat(database.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("1");
    }

    @Test
    void theFirstRequestWithIamAndTlsFindsItsClassesLoaded() throws Exception {
        aws.promote("7");
        var address = database.likeRds("scoring", TestCertificates.in(folder));

        var loaded = loadedByTheFirstRequestAfterARestore(
                FunctionProcess.snapshot(folder, aws, address, DatabaseAuthentication.IAM));

        // Without the JDK's classes for TLS and name resolution: on AWS, the call of S3 has loaded them.
        assertFew(loaded.stream().filter(name -> !JDK.matcher(name).find()).toList());
        assertThat(database.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("1");
        assertThat(aws.secretsRead()).isEmpty();
    }

    @Test
    void theFirstRequestThatUsesTheQueueFindsItsClassesLoaded() throws Exception {
        aws.promote("7");
        database.close();

        assertFew(loadedByTheFirstRequestAfterARestore(snapshot()));
        assertThat(aws.messages()).hasSize(1);
    }

    @Test
    void withoutSnapStartTheFirstRequestLoadsManyTimesAsMany() throws Exception {
        aws.promote("7");

        try (var function = FunctionProcess.started(folder, aws, database.address())) {
            assertThat(loadedBy(function, EVENT)).hasSizeGreaterThan(10 * MOST_CLASSES);
        }
    }

    @Test
    void aRestoredFunctionServesTheModelThatIsInProductionThen() throws Exception {
        aws.promote("7");

        try (var function = snapshot()) {
            aws.promote("8");
            function.restore();

            assertThat(response(function.answer(EVENT)).getHeaders()).containsEntry("X-Model-Version", "8");
        }
        assertThat(aws.keptConnections()).isZero();
    }

    @Test
    void theSnapshotIsTakenEvenWithoutAModel() throws Exception {
        try (var function = snapshot()) {
            assertThat(function.said()).contains("the snapshot is taken without a rehearsal", "WARN");
            aws.promote("7");
            function.restore();

            assertThat(response(function.answer(EVENT)).getStatusCode()).isEqualTo(200);
        }
    }

    private FunctionProcess snapshot() throws Exception {
        return FunctionProcess.snapshot(folder, aws, database.address(), DatabaseAuthentication.SECRET);
    }

    private static List<String> loadedByTheFirstRequestAfterARestore(FunctionProcess snapshot) throws Exception {
        try (var function = snapshot) {
            function.restore();
            return loadedBy(function, EVENT);
        }
    }

    private static List<String> loadedBy(FunctionProcess function, String event) throws Exception {
        int before = function.loadedClasses().size();
        assertThat(response(function.answer(event)).getStatusCode()).isEqualTo(200);
        var all = function.loadedClasses();
        return all.subList(before, all.size()).stream()
                .map(line -> line.replaceFirst("^.*] ", "").replaceFirst(" source:.*", ""))
                .toList();
    }

    private static void assertFew(List<String> classes) {
        assertThat(classes)
                .filteredOn(name -> !HIDDEN.matcher(name).find())
                .as("to be added to first-request-classes.txt")
                .allMatch(name -> name.startsWith("com.amazonaws.")); // Lambda's own
        assertThat(classes).hasSizeLessThan(MOST_CLASSES);
    }

    private static APIGatewayProxyResponseEvent response(String answer) {
        return Events.response(ServiceInMemory.sample(), answer);
    }
}
