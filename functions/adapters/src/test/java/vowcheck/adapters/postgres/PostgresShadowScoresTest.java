package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresShadowScoresTest {

    private static final NamedShadow SHADOW = ModelFixtures.shadow("8");
    private static final Instant SINCE = SHADOW.start().at();

    private TestDatabase server;
    private Database database;
    private PostgresPredictionLog log;
    private PostgresShadowScores scores;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        database = server.as("scoring");
        log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        scores = new PostgresShadowScores(database);
    }

    @AfterAll
    void stop() throws Exception {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.forgetPredictions();
    }

    @Test
    void withoutRowsNothingIsCompared() {
        var comparison = scores.of(SHADOW);

        assertThat(comparison.rows()).isZero();
        assertThat(comparison.since()).isEmpty();
        assertThat(comparison.scored()).isZero();
        assertThat(comparison.answeredBy()).isEmpty();
        assertThat(comparison.answered().mean()).isNaN();
        assertThat(comparison.answered().quantiles()).isEmpty();
        assertThat(comparison.rankCorrelation()).isEmpty();
    }

    @Test
    void theLiveRowsSinceTheStartAreCounted() {
        store("before", SINCE.minusMillis(1), Purpose.APPLICATION, score(0.1, 0.9));
        store("at", SINCE, Purpose.APPLICATION, score(0.1, 0.2), score(0.2, null));
        store("probe", SINCE.plusSeconds(1), Purpose.PROBE, score(0.1, 0.9));
        store("another", SINCE.plusSeconds(2), Purpose.APPLICATION, score(0.3, 0.9, "6"));

        var comparison = scores.of(SHADOW);

        assertThat(comparison.rows()).isEqualTo(3);
        assertThat(comparison.since()).hasValue(SINCE);
        assertThat(comparison.scored()).isEqualTo(1);
        assertThat(comparison.shadow().mean()).isEqualTo(0.2);
        assertThat(comparison.answeredBy()).containsExactly(new ModelVersion("7"));
    }

    @Test
    void theScoresOfBothModelsAreSummarised() {
        var rows = new ArrayList<ScoredApplication>();
        for (int row = 0; row <= 100; row++) {
            rows.add(score(row / 100.0, row / 200.0));
        }
        store("many", SINCE, Purpose.APPLICATION, rows.toArray(ScoredApplication[]::new));

        var comparison = scores.of(SHADOW);

        assertThat(comparison.answered().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.answered().quantiles()).containsExactly(0.05, 0.25, 0.5, 0.75, 0.95);
        assertThat(comparison.shadow().mean()).isCloseTo(0.25, within(1e-12));
        assertThat(comparison.shadow().quantiles()).containsExactly(0.025, 0.125, 0.25, 0.375, 0.475);
        assertThat(comparison.rankCorrelation().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(comparison.top()).isEqualTo(6); // a twentieth of 101, rounded up
        assertThat(comparison.inBothTops()).isEqualTo(6);
    }

    /// Computed by hand: the mean ranks are 1.5, 1.5, 3, 4 and 2, 1, 4, 3, so the correlation is
    /// 3.5 / sqrt(4.5 * 5).
    @Test
    void equalScoresHaveTheirMeanRank() {
        store("tied", SINCE, Purpose.APPLICATION, score(0.1, 0.2), score(0.1, 0.1), score(0.2, 0.4), score(0.3, 0.3));

        var comparison = scores.of(SHADOW);

        assertThat(comparison.rankCorrelation().orElseThrow()).isCloseTo(3.5 / Math.sqrt(22.5), within(1e-12));
        assertThat(comparison.top()).isEqualTo(1);
        assertThat(comparison.inBothTops()).as("0.3 and 0.4 are of two rows").isZero();
    }

    @Test
    void aModelThatScoresAllAlikeHasNoRankCorrelation() {
        store("alike", SINCE, Purpose.APPLICATION, score(0.1, 0.2), score(0.2, 0.2));

        assertThat(scores.of(SHADOW).rankCorrelation()).isEmpty();
    }

    /// Without an end, the time would grow with the table; a BRIN index finds no newest rows.
    @Test
    void ofAnyNumberOfRowsOnlyTheNewestAreRead() throws SQLException {
        server.execute("""
                INSERT INTO scoring_requests
                    ("timestamp", instances, endpoint, purpose, request_id, client, model_version)
                SELECT TIMESTAMPTZ '%s' + row * INTERVAL '1 s', 1, 'single', 'application', row::TEXT, 'clerks', '7'
                FROM generate_series(0, 49999) AS row
                """.formatted(SINCE));
        server.execute("""
                INSERT INTO predictions
                    (scoring_request, "timestamp", divorce_probability, instance, "Client_Income", "Credit_Amount",
                     "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change",
                     "Credit_Bureau", "Education_Days", shadow_version, shadow_probability)
                SELECT id, "timestamp", 0.1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, '8', 0.2
                FROM scoring_requests
                """);
        server.execute("ANALYZE scoring_requests, predictions");
        int most = 1_000;

        try (var connection = server.connect("scoring");
                var statement = connection.prepareStatement(
                        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + PostgresShadowScores.COMPARE)) {
            PostgresShadowScores.set(statement, SHADOW, most);
            try (var lines = statement.executeQuery()) {
                var plan = new ArrayList<String>();
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
                assertThat(read(plan, "predictions_default")).isEqualTo(most);
                assertThat(read(plan, "scoring_requests")).isEqualTo(most);
            }
        }
        assertThat(scores.of(SHADOW).rows()).isEqualTo(50_000);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsReported() {
        try (var busy = new Database(
                server.address(), () -> TestDatabase.login("nobody"), TimeLimit.fixed(Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> new PostgresShadowScores(busy).of(SHADOW))
                    .isInstanceOf(PredictionsUnavailable.class);
        }
    }

    /// How many rows of a table the scans of an executed plan have given.
    private static long read(List<String> plan, String table) {
        var scan = Pattern.compile(" on %s .*actual rows=([0-9]+)[^ ]* loops=([0-9]+)".formatted(table));
        return plan.stream()
                .map(scan::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)) * Long.parseLong(found.group(2)))
                .sum();
    }

    private static ScoredApplication score(double answered, @Nullable Double shadow) {
        return score(answered, shadow, "8");
    }

    private static ScoredApplication score(double answered, @Nullable Double shadow, String version) {
        return new ScoredApplication(
                new SubmittedApplication(ModelFixtures.APPLICATION),
                answered,
                shadow == null ? null : new ShadowScore(new ModelVersion(version), shadow));
    }

    private void store(String id, Instant at, Purpose purpose, ScoredApplication... rows) {
        log.append(new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, purpose, ClientName.CLERKS),
                at,
                ModelFixtures.identity("7"),
                List.of(rows)));
    }
}
