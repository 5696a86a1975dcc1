package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.core.clients.ClientName;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportOrder;
import vowcheck.core.export.ExportRange;
import vowcheck.core.export.ExportUnavailable;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

/// `-Dexport.rows=1000000` exports a million rows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresExportTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 1);
    private static final Duration LONGEST = Duration.ofMinutes(14);
    private static final int MANY = Integer.getInteger("export.rows", 1001);
    private static final String HEADER =
            "request_id,client,timestamp,model_version,manifest_sha256,endpoint,purpose,instance,loan_id,"
                    + "divorce_probability,Client_Income,Credit_Amount,Loan_Annuity,Age_Days,Employed_Days,"
                    + "Registration_Days,ID_Days,Phone_Change,Credit_Bureau,Education_Days,"
                    + "shadow_version,shadow_probability";

    private TestDatabase server;
    private Database scoring;
    private Database audit;
    private PostgresPredictionLog log;
    private PostgresExport export;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        scoring = server.as("scoring");
        audit = server.as("audit");
        log = new PostgresPredictionLog(scoring, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        export = new PostgresExport(audit, FeatureSchema.CURRENT, LONGEST);
    }

    @AfterAll
    void stop() throws Exception {
        scoring.close();
        audit.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.forgetPredictions();
    }

    @Test
    void aRowHasWhatWasAnsweredAndWhy() throws SQLException {
        log.append(request("one", "2025-06-01T12:30:00.123Z", new LoanId("4711"), 1));

        var features = server.ask("SELECT concat_ws(',', %s) FROM prediction_logs"
                .formatted(FeatureColumns.list(FeatureSchema.CURRENT.features())));
        var hash = ModelFixtures.identity("7").manifestHash().hex();
        assertThat(lines(DAY, DAY))
                .containsExactly(
                        HEADER,
                        "one,clerks,2025-06-01T12:30:00.123000Z,7,%s,batch,application,0,4711,0.25,%s,,"
                                .formatted(hash, features));
    }

    @Test
    void aRowHasWhatTheShadowComputed() {
        var request = request("one", "2025-06-01T12:30:00.123Z", null, 1);
        var submitted = request.scored().getFirst().submitted();
        log.append(request.part(
                List.of(new ScoredApplication(submitted, 0.25, new ShadowScore(new ModelVersion("8"), 0.125)))));

        assertThat(lines(DAY, DAY).getLast()).endsWith(",8,0.125");
    }

    @Test
    void theDaysAreThoseOfUtcAndBothAreIncluded() {
        log.append(request("before", "2025-05-31T23:59:59.999Z", null, 1));
        log.append(request("first", "2025-06-01T00:00:00Z", null, 1));
        log.append(request("last", "2025-06-02T23:59:59.999Z", null, 1));
        log.append(request("after", "2025-06-03T00:00:00Z", null, 1));

        assertThat(lines(DAY, DAY.plusDays(1)).stream().skip(1).map(line -> line.split(",", 2)[0]))
                .containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void daysWithoutPredictionsHaveAHeader() {
        assertThat(lines(DAY, DAY)).containsExactly(HEADER);
    }

    /// Compressed, as the function uploads them.
    @Test
    void rowsAreCountedWithoutTheHeader() throws Exception {
        server.execute("""
                INSERT INTO scoring_requests (
                    "timestamp", instances, endpoint, purpose, request_id, client, model_version, manifest_sha256)
                SELECT '2025-06-01T12:30:00Z', 1, 'single', 'application', 'u.' || gen_random_uuid(), 'clerks', '7',
                       sha256('model')
                FROM generate_series(1, %d)
                """.formatted(MANY));
        server.execute("""
                INSERT INTO predictions
                SELECT id, "timestamp", random(), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10000 * random(), 'L-' || id
                FROM scoring_requests
                """);
        try (var patient = new Database(server.address(), () -> TestDatabase.login("audit"), LONGEST);
                var compressed = new GZIPOutputStream(OutputStream.nullOutputStream())) {
            var rows = new PostgresExport(patient, FeatureSchema.CURRENT, LONGEST)
                    .read(new ExportRange(DAY, DAY), bytes -> write(compressed, bytes));

            assertThat(rows).isEqualTo(MANY);
        }
    }

    private static void write(OutputStream output, byte[] bytes) {
        try {
            output.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A spreadsheet takes a cell that begins with one of these for a formula.
    @Test
    void noTextIsAFormula() {
        log.append(request("-2-and-sixteen-characters", "2025-06-01T12:30:00Z", new LoanId("-1-1"), 1));

        assertThat(lines(DAY, DAY).getLast())
                .startsWith("'-2-and-sixteen-characters,")
                .contains(",'-1-1,");
    }

    @Test
    void aReaderThatFailsEndsTheStatement() {
        log.append(request("many", "2025-06-01T12:30:00Z", null, 1001));

        assertThatThrownBy(() -> export.read(new ExportRange(DAY, DAY), _ -> {
                    throw new IllegalStateException("the bucket is gone");
                }))
                .hasMessage("the bucket is gone");

        assertThat(lines(DAY, DAY)).hasSize(1002);
    }

    /// The server cancels a statement after nine tenths of its limit.
    @Test
    void readingThatTakesTooLongSaysHowLongItMayTake() throws SQLException {
        try (var busy = server.asOwner();
                var statement = busy.createStatement();
                var impatient = new Database(
                        server.address(), () -> TestDatabase.login("audit"), TimeLimit.fixed(Duration.ofSeconds(1)))) {
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE predictions IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> new PostgresExport(impatient, FeatureSchema.CURRENT, LONGEST)
                            .read(new ExportRange(DAY, DAY), _ -> {}))
                    .isInstanceOf(ExportUnavailable.class)
                    .hasMessage("reading took longer than 12 minutes: export fewer days at a time");

            busy.rollback();
        }
    }

    @Test
    void anExportIsOnRecordFromItsBeginning() throws SQLException {
        var id = new ExportId("20250601T101530Z-0123456789abcdef");
        var order = new ExportOrder(id, new ExportRange(DAY, DAY), "ada", Optional.of("a complaint"));

        export.begun(order, Instant.parse("2025-06-02T10:00:00Z"));
        export.begun(order, Instant.parse("2025-06-02T10:01:00Z")); // Lambda may deliver an event twice

        assertThat(recorded()).isEqualTo("ada, a complaint, 2025-06-01, 2025-06-01, 2025-06-02 10:00:00");
        export.ended(id, 7, Instant.parse("2025-06-02T10:02:00Z"));
        assertThat(recorded())
                .isEqualTo("ada, a complaint, 2025-06-01, 2025-06-01, 2025-06-02 10:00:00, 7, 2025-06-02 10:02:00");
    }

    private String recorded() throws SQLException {
        return server.ask("""
                SELECT concat_ws(', ', requested_by, reason, first_day, last_day, begun_at AT TIME ZONE 'UTC', row_count,
                                 ended_at AT TIME ZONE 'UTC')
                FROM prediction_exports
                """);
    }

    private List<String> lines(LocalDate from, LocalDate to) {
        var csv = new ByteArrayOutputStream();
        export.read(new ExportRange(from, to), csv::writeBytes);
        return csv.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static ScoredRequest request(String id, String timestamp, @Nullable LoanId loan, int instances) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, ClientName.CLERKS),
                Instant.parse(timestamp),
                ModelFixtures.identity("7"),
                Collections.nCopies(
                        instances,
                        new ScoredApplication(new SubmittedApplication(ModelFixtures.APPLICATION, loan), 0.25)));
    }
}
