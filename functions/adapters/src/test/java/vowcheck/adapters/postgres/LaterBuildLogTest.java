package vowcheck.adapters.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static vowcheck.core.features.LaterBuild.HOUSEHOLD_SIZE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.sqs.InMemorySqs;
import vowcheck.adapters.sqs.SqsPredictionQueue;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.QueuedMessage;
import vowcheck.core.scoring.Relogging;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// The tables after a migration added a column for a new feature: this build's statements go on working, and a later
/// build reads the rows that this one wrote.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterBuildLogTest {

    private static final Application WITHOUT_HOUSEHOLD = later(Float.NaN);
    private static final LocalDate CUTOFF = LocalDate.of(2025, 5, 1);

    private TestDatabase server;
    private Database scoring;
    private PredictionLogs logs;

    /// The log of this build and that of the later one, over the same table.
    private record PredictionLogs(PostgresPredictionLog current, PostgresPredictionLog later) {}

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        for (var table : List.of("predictions", "divorce_predictions")) {
            server.execute("ALTER TABLE %s ADD COLUMN \"Household_Size\" REAL".formatted(table));
        }
        server.execute("GRANT SELECT (\"Household_Size\") ON predictions TO drift");
        server.execute(viewWithTheNewColumn());
        scoring = server.as("scoring");
        logs = new PredictionLogs(
                new PostgresPredictionLog(scoring, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES),
                new PostgresPredictionLog(scoring, LaterBuild.SCHEMA, TestDatabase.TOMBSTONES));
    }

    /// As a migration for a new feature replaces it.
    private String viewWithTheNewColumn() throws SQLException {
        var last = "'Education_Days', to_jsonb(logged.\"Education_Days\")";
        var tables = "FROM (predictions logged";
        var view = server.ask("SELECT pg_get_viewdef('prediction_logs'::regclass)");
        assertThat(view).contains(last, tables);
        return "CREATE OR REPLACE VIEW prediction_logs WITH (security_invoker = true) AS "
                + view.replace(last, last + ", 'Household_Size', to_jsonb(logged.\"Household_Size\")")
                        .replace(tables, ", logged.\"Household_Size\" " + tables);
    }

    @AfterAll
    void stop() throws Exception {
        scoring.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.forgetPredictions();
        server.execute("TRUNCATE divorce_predictions");
    }

    @Test
    void aRowOfThisBuildIsReadByTheLaterOneWithoutTheNewFeature() {
        var request = request("former", ModelFixtures.APPLICATION);
        logs.current().append(request);

        var found =
                logs.later().find(ClientName.CLERKS, request.requestId(), 0, 10).orElseThrow();

        assertThat(found.part().applications()).containsExactly(WITHOUT_HOUSEHOLD);
        assertThat(found.part().applications().getFirst().has(HOUSEHOLD_SIZE)).isFalse();
    }

    @Test
    void aRowOfTheLaterBuildIsReadByThisOne() {
        var request = request("later", later(4));
        logs.later().append(request);

        assertThat(logs.later()
                        .find(ClientName.CLERKS, request.requestId(), 0, 10)
                        .orElseThrow()
                        .part())
                .isEqualTo(request);
        assertThat(logs.current()
                        .find(ClientName.CLERKS, request.requestId(), 0, 10)
                        .orElseThrow()
                        .part()
                        .applications())
                .containsExactly(ModelFixtures.APPLICATION);
    }

    @Test
    void aMissingFeatureIsNullAndAbsentFromTheJson() throws SQLException {
        logs.later().append(request("one", WITHOUT_HOUSEHOLD));
        logs.later().append(request("many", WITHOUT_HOUSEHOLD, later(2), WITHOUT_HOUSEHOLD, later(3)));

        assertThat(server.ask("""
                SELECT string_agg(concat_ws(':', "Household_Size", features -> 'Household_Size', features ? 'Household_Size'),
                                  ' ' ORDER BY request_id DESC, instance)
                FROM prediction_logs
                """)).isEqualTo("f f 2:2:t f 3:3:t");
        assertThat(server.ask("SELECT DISTINCT features - 'Household_Size' = '%s' FROM prediction_logs".formatted("""
                {"Client_Income": 12000, "Credit_Amount": 10000, "Loan_Annuity": 5000, "Age_Days": 20000,
                 "Employed_Days": 2730, "Registration_Days": 2730, "ID_Days": 2800, "Phone_Change": 2500,
                 "Credit_Bureau": 0, "Education_Days": 6000}""")))
                .isEqualTo("t");
        assertThat(logs.later()
                        .find(ClientName.CLERKS, new RequestId("many"), 1, 2)
                        .orElseThrow()
                        .part()
                        .applications())
                .containsExactly(later(2), WITHOUT_HOUSEHOLD);
    }

    @Test
    void aMessageThatTheFormerBuildQueuedIsStoredByTheLaterOne() throws IOException {
        var message = Files.readString(Path.of("src/test/resources/sqs/message-without-feature-names.json"));
        var queue = new SqsPredictionQueue(
                new InMemorySqs(),
                new SqsPredictionQueue.Urls("unlogged", "dead-letters"),
                new InMemoryS3(),
                "bucket",
                LaterBuild.SCHEMA);

        var relogged = new Relogging(logs.later(), queue, new Random(42), () -> Duration.ofMinutes(1))
                .relog(List.of(new QueuedMessage("message", "receipt", 1, message)));

        assertThat(relogged.stored()).hasSize(1);
        var found = logs.later()
                .find(ClientName.CLERKS, new RequestId("former-build"), 0, 10)
                .orElseThrow();
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.part().applications().getFirst()).isEqualTo(WITHOUT_HOUSEHOLD);
    }

    @Test
    void aModelOfTheTenFeaturesCountsTheRowsOfBothBuilds() {
        logs.current().append(request("former", ModelFixtures.APPLICATION));
        logs.later().append(request("later", later(4), WITHOUT_HOUSEHOLD));

        var counted = drift().since(CUTOFF, ModelFixtures.reference());

        assertThat(counted.rows()).isEqualTo(3);
        assertThat(counted.countsByFeature())
                .containsOnlyKeys(FeatureSchema.CONTRACT.features())
                .allSatisfy((_, counts) -> assertThat(counts).contains(3L));
    }

    @Test
    void rowsThatLackAFeatureAreInNoneOfItsBins() {
        logs.current().append(request("former", ModelFixtures.APPLICATION));
        logs.later().append(request("later", later(4), later(4), WITHOUT_HOUSEHOLD));
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        reference.put(HOUSEHOLD_SIZE, new ReferenceDistribution(List.of(2f, 4f), List.of(1L, 1L, 1L)));
        reference.put(Feature.AGE_DAYS, new ReferenceDistribution(List.of(10_000f), List.of(1L, 1L)));

        var counted = drift().since(CUTOFF, reference);

        assertThat(counted.rows()).isEqualTo(4);
        assertThat(requireNonNull(counted.countsByFeature().get(HOUSEHOLD_SIZE)))
                .containsExactly(0L, 0L, 2L);
        assertThat(requireNonNull(counted.countsByFeature().get(Feature.AGE_DAYS)))
                .containsExactly(0L, 4L);
    }

    @Test
    void labelledRowsOfBeforeTheNewColumnLackItsValue() throws SQLException {
        server.execute("INSERT INTO divorce_predictions VALUES"
                + " (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, '2025-01-01', NULL, 'dump', NULL),"
                + " (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, '2025-01-02', NULL, 'dump', 3)");
        server.execute("GRANT SELECT (\"Household_Size\") ON divorce_predictions TO training");
        var rows = new PostgresLabelledRows(
                        () -> server.address().connections(TestDatabase.login("training"), Duration.ofSeconds(5)),
                        LaterBuild.SCHEMA)
                .before(CUTOFF);

        assertThat(rows.values(0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Float.NaN);
        assertThat(rows.values(1)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 3);
    }

    private PostgresDrift drift() {
        return new PostgresDrift(server.as("drift"));
    }

    private static Application later(float householdSize) {
        var values = ModelFixtures.APPLICATION.values(LaterBuild.SCHEMA);
        values[LaterBuild.SCHEMA.position(HOUSEHOLD_SIZE)] = householdSize;
        return Application.of(LaterBuild.SCHEMA, values);
    }

    private static ScoredRequest request(String id, Application... applications) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, ClientName.CLERKS),
                Instant.parse("2025-06-01T12:30:00.123Z"),
                ModelFixtures.identity("baseline"),
                Arrays.stream(applications)
                        .map(application -> new ScoredApplication(application, 0.25))
                        .toList());
    }
}
