package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.InMemoryUnloggedPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestIdTaken;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.SubmittedApplication;

/// V11 moves the rows of the former table `prediction_logs`, and the view of that name shows them as the table did.
/// `-Dmoved.times=50` moves 50 times as many rows, a million.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MovedPredictionsTest {

    private static final int FORMER = 10;
    private static final int TIMES = Integer.getInteger("moved.times", 1);

    /// Applications in batches, of which some are probes, some know their model's version only and some belong to
    /// nobody, and single ones of two clients that chose the same ids.
    private static final List<String> REQUESTS = List.of("""
            SELECT 'u.batch' || r AS request_id, 1001 AS instances,
                   TIMESTAMPTZ '2026-01-15 12:00:00.123456Z' + r %% 10 * INTERVAL '15 days' AS "timestamp",
                   (7 + r %% 2)::TEXT AS version,
                   CASE r %% 3 WHEN 0 THEN 'probe' ELSE 'application' END AS purpose,
                   CASE r %% 4 WHEN 0 THEN 'unknown' ELSE 'clerks' END AS client,
                   CASE WHEN r > 2 THEN sha256('model') END AS manifest
            FROM generate_series(1, 10 * %d) AS r
            """.formatted(TIMES), """
            SELECT 'a-key-of-before-' || r AS request_id, 1 AS instances,
                   TIMESTAMPTZ '2026-02-28 23:59:00Z' + r * INTERVAL '1 second' AS "timestamp", '7' AS version,
                   'application' AS purpose, client, sha256('model') AS manifest
            FROM generate_series(1, 5000 * %d) AS r CROSS JOIN (VALUES ('clerks'), ('others')) AS clients (client)
            """.formatted(TIMES));

    private static final int ROWS = (10 * 1001 + 10_000) * TIMES - 2;

    private static final Application FIRST_OF_A_REQUEST =
            Application.of(FeatureSchema.CONTRACT, 12000, 10000, 5000, 20000, 2730.5f, 0.1f, 2800, 2500, 0, 6000);

    /// What every row says, of the former table or of the view.
    private static final String CONTENT = """
            SELECT count(*) || ' rows, ' || sum(hashtextextended(
                concat_ws('|', request_id, client, instance, "timestamp", model_version, divorce_probability, features,
                          endpoint, purpose, coalesce(encode(manifest_sha256, 'hex'), 'unknown'), %s), 0))
            FROM prediction_logs
            """.formatted(FeatureColumns.list(FeatureSchema.CONTRACT.features()));

    private static final Pattern DOCUMENTED_QUERY = Pattern.compile("psql .* -c '([^']+)'");

    private TestDatabase database;
    private String former;

    @BeforeAll
    void move() throws Exception {
        database = withFormerRows();
        former = database.ask(CONTENT);
        database.migrations().run(List.of(TestDatabase.login("scoring")));
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void everyRowIsMovedUnchanged() throws SQLException {
        assertThat(former).startsWith("%d rows".formatted(ROWS));
        assertThat(database.ask(CONTENT)).isEqualTo(former);
        assertThat(database.ask("SELECT concat_ws(' ', count(*), sum(instances)) FROM scoring_requests"))
                .isEqualTo("%d %d".formatted(10_010 * TIMES, ROWS));
    }

    @Test
    void everyMonthThatHasRowsHasAPartition() throws SQLException {
        assertThat(database.ask("""
                SELECT string_agg(DISTINCT tableoid::regclass::TEXT, ' ' ORDER BY tableoid::regclass::TEXT)
                FROM predictions
                """))
                .isEqualTo("predictions_y2026m01 predictions_y2026m02 predictions_y2026m03 predictions_y2026m04"
                        + " predictions_y2026m05");
    }

    @Test
    void anIdIsThatOfTheRequestAndTheInstance() throws SQLException {
        assertThat(database.ask("SELECT count(DISTINCT id) FROM prediction_logs"))
                .isEqualTo(String.valueOf(ROWS));
        assertThat(database.ask("SELECT id FROM prediction_logs WHERE request_id = 'u.batch3' AND instance = 1000"))
                .isEqualTo(
                        database.ask("SELECT id * 1048576 + 1000 FROM scoring_requests WHERE request_id = 'u.batch3'"));
    }

    @Test
    void aKeyOfBeforeTheMigrationIsAnsweredToItsClientAsBefore() throws SQLException {
        try (var connection = database.as("scoring")) {
            var scoring = scoring(connection);

            for (var client : List.of(ClientName.CLERKS, new ClientName("others"))) {
                var answer = scoring.score(keyed(client), List.of(new SubmittedApplication(FIRST_OF_A_REQUEST)));
                assertThat(answer.replayed()).isTrue();
                assertThat(answer.request().origin().client()).isEqualTo(client);
                assertThat(answer.request().modelVersion()).isEqualTo(new ModelVersion("7"));
                assertThat(answer.request().scored().getFirst().probability()).isEqualTo(0.5);
            }
            assertThatThrownBy(() -> scoring.score(
                            keyed(ClientName.CLERKS), List.of(new SubmittedApplication(ModelFixtures.APPLICATION))))
                    .isInstanceOf(RequestIdTaken.class);
        }
        assertThat(database.ask(CONTENT)).isEqualTo(former);
    }

    @Test
    void aMigrationThatIsKilledHalfWayChangesNothingAndCanBeRepeated() throws Exception {
        try (var killed = withFormerRows()) {
            killed.execute("""
                    CREATE FUNCTION die() RETURNS EVENT_TRIGGER LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END $$
                    """);
            // Indexes are made after the rows have been moved.
            killed.execute("CREATE EVENT TRIGGER deadly ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
                    + " EXECUTE FUNCTION die()");

            assertThatThrownBy(() -> killed.migrations().run(List.of()))
                    .isInstanceOf(FlywayException.class)
                    .hasStackTraceContaining("terminating connection due to administrator command");

            assertThat(killed.ask("SELECT to_regclass('scoring_requests')")).isNull();
            assertThat(killed.ask(CONTENT)).isEqualTo(former);
            killed.execute("DROP EVENT TRIGGER deadly");
            killed.migrations().run(List.of());
            assertThat(killed.ask(CONTENT)).isEqualTo(former);
        }
    }

    @Test
    void ofTwoMigrationsAtTheSameTimeOneMovesTheRows() throws Exception {
        try (var contested = withFormerRows();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Migrations.Outcome> migration =
                    () -> contested.migrations().run(List.of());

            var outcomes = new ArrayList<Migrations.Outcome>();
            for (Future<Migrations.Outcome> run : threads.invokeAll(List.of(migration, migration))) {
                outcomes.add(run.get());
            }

            var version = String.valueOf(SchemaVersion.NEEDED);
            assertThat(outcomes)
                    .containsExactlyInAnyOrder(
                            new Migrations.Outcome(SchemaVersion.NEEDED - FORMER, version),
                            new Migrations.Outcome(0, version));
            assertThat(contested.ask(CONTENT)).isEqualTo(former);
        }
    }

    @Test
    void aRequestIsLookedUpInThePartitionOfItsMonthAlone() throws SQLException {
        var scans = scans("SELECT * FROM prediction_logs WHERE request_id = 'a-key-of-before-77'")
                .filter(scan -> !scan.contains("(never executed)"));

        assertThat(scans)
                .singleElement()
                .asString()
                .contains("Index Scan using predictions_y2026m03_scoring_request_idx");
    }

    @Test
    void aRangeOfTimesReadsItsMonthsAlone() throws SQLException {
        var scans = scans("SELECT * FROM prediction_logs"
                + " WHERE \"timestamp\" >= '2026-04-10Z' AND \"timestamp\" < '2026-04-20Z'");

        assertThat(scans).isNotEmpty().allMatch(scan -> scan.contains("predictions_y2026m04"));
    }

    /// Applications are counted without a look at each row's request.
    @Test
    void theFewProbesOfALogAreFoundByTheirIndex() throws SQLException {
        assertThat(plan("SELECT id FROM scoring_requests WHERE purpose = 'probe'"))
                .contains("scoring_requests_probes");
    }

    @Test
    void theColumnsOfTheContractHaveTheirTypes() throws SQLException {
        assertThat(database.ask("""
                SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
                FROM pg_attribute WHERE attrelid = 'prediction_logs'::regclass AND attnum BETWEEN 1 AND 12
                """))
                .isEqualTo("id bigint, request_id text, timestamp timestamp with time zone, model_version text,"
                        + " divorce_probability double precision, features jsonb, endpoint text, instance integer,"
                        + " purpose text, client text, manifest_sha256 bytea, loan_id text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, request_id, timestamp, model_version, divorce_probability, features, endpoint"
                        + " FROM prediction_logs WHERE timestamp >= '2026-05-01' ORDER BY timestamp DESC, id",
                "SELECT (features ->> 'Age_Days')::FLOAT AS age FROM prediction_logs WHERE endpoint = 'batch'",
                "SELECT count(*) FROM prediction_logs WHERE features @> '{\"Credit_Bureau\": 0}'",
                "SELECT avg(\"Age_Days\") FROM prediction_logs WHERE client = 'clerks' AND purpose = 'application'",
            })
    @MethodSource("documentedQueries")
    void queriesOnTheFormerTableFindRows(String query) throws SQLException {
        assertThat(database.ask("SELECT count(*) FROM (%s) AS found".formatted(query)))
                .isNotEqualTo("0");
    }

    private static Stream<String> documentedQueries() throws IOException {
        var queries = DOCUMENTED_QUERY
                .matcher(Files.readString(Path.of("../../docs/operations.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(query -> query.contains("prediction_logs"))
                .toList();
        assertThat(queries).isNotEmpty();
        return queries.stream();
    }

    /// The scans of partitions of a query that is run.
    private Stream<String> scans(String query) throws SQLException {
        return plan(query)
                .lines()
                .filter(line -> line.contains(" on predictions_y") || line.contains(" on predictions_default"));
    }

    private String plan(String query) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = database.asOwner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return String.join("\n", lines);
    }

    /// A database of the former release, with rows. The first two of one batch are missing.
    private static TestDatabase withFormerRows() throws IOException, SQLException {
        var database = TestDatabase.empty();
        database.migrateTo(String.valueOf(FORMER));
        var columns = FeatureColumns.list(FeatureSchema.CONTRACT.features());
        var json = FeatureColumns.each(
                FeatureSchema.CONTRACT.features(),
                feature -> "'%s', %s".formatted(feature.fieldName(), FeatureColumns.quoted(feature)));
        for (var requests : REQUESTS) {
            database.execute("""
                    INSERT INTO prediction_logs
                        (request_id, instance, "timestamp", model_version, divorce_probability, features, endpoint,
                         purpose, client, manifest_sha256, %1$s)
                    SELECT request_id, instance, "timestamp", version, 1 / (2.0 + instance), jsonb_build_object(%2$s),
                           CASE instances WHEN 1 THEN 'single' ELSE 'batch' END, purpose, client, manifest, %1$s
                    FROM (%3$s) AS requests
                    CROSS JOIN generate_series(0, instances - 1) AS instance
                    CROSS JOIN LATERAL (
                        VALUES (12000, 10000, 5000, 20000 + instance, 2730.5, 0.1, 2800, 2500, 0, 6000)
                    ) AS features (%1$s)
                    """.formatted(columns, json, requests));
        }
        database.execute("DELETE FROM prediction_logs WHERE request_id = 'u.batch9' AND instance < 2");
        return database;
    }

    private static Scoring scoring(Database database) {
        var models = new InMemoryModelStore();
        models.promote(ModelFixtures.constant("8", 0.25));
        var clock = new MovableClock();
        return new Scoring(
                new CurrentModel(models, Duration.ofDays(1), clock),
                new ShadowScoring(models, Duration.ofDays(1), Runnable::run, clock),
                new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES),
                new InMemoryUnloggedPredictions(),
                clock);
    }

    private static RequestOrigin keyed(ClientName client) {
        return new RequestOrigin(new RequestId("a-key-of-before-7"), Endpoint.SINGLE, Purpose.APPLICATION, client);
    }
}
