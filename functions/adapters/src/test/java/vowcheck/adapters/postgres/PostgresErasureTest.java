package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.ErasedCounts;
import vowcheck.core.erasure.ErasureOrder;
import vowcheck.core.erasure.ErasureReason;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.PredictionErased;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.SubmittedApplication;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresErasureTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final LoanId LOAN = new LoanId("L-1");
    private static final ErasureSubject OF_LOAN = new ErasureSubject.OfLoan(LOAN);
    private static final Instant ANSWERED = Instant.parse("2025-06-01T12:30:00.123Z");
    private static final Instant ERASED = ANSWERED.plusSeconds(60);
    private static final CopiesLifetime COPIES = new CopiesLifetime(Duration.ofDays(14), RetentionPeriod.DEFAULT);

    private TestDatabase server;
    private Database scoring;
    private Database erasing;
    private PostgresPredictionLog log;
    private PostgresPersonalRows rows;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        scoring = server.as("scoring");
        erasing = server.as("erasure");
        log = new PostgresPredictionLog(scoring, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        rows = new PostgresPersonalRows(erasing, TestDatabase.TOMBSTONES, COPIES);
    }

    @AfterAll
    void stop() throws Exception {
        scoring.close();
        erasing.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.forgetPredictions();
        server.execute("TRUNCATE divorce_predictions, erasures, erasure_tombstones");
    }

    @Test
    void theRowsOfALoanAreDeletedAndTheOthersStayInTheirPlaces() throws SQLException {
        log.appendLate(request("u.batch", "L-1", null, "L-2"));
        log.appendLate(request("u.single", "L-1"));
        label("L-1");
        label("L-2");

        assertThat(erase(OF_LOAN)).isEqualTo(new ErasedCounts(2, 0, 1, 0));

        var batch = log.find(CLERKS, new RequestId("u.batch"), 0, 9).orElseThrow();
        assertThat(batch.instances()).containsExactly(1, 2);
        assertThat(batch.count()).isEqualTo(3);
        assertThat(batch.erased()).isEqualTo(1);
        assertThat(batch.part().scored()).hasSize(2);
        var rest = log.find(CLERKS, new RequestId("u.batch"), 0, 1).orElseThrow();
        assertThat(rest.instances()).isEmpty();
        assertThat(rest.hasNext()).isTrue();
        assertThat(log.find(CLERKS, new RequestId("u.single"), 0, 9))
                .hasValueSatisfying(single -> assertThat(single.isErased()).isTrue());
        assertThat(server.ask("SELECT string_agg(loan_id, ' ') FROM divorce_predictions"))
                .isEqualTo("L-2");
    }

    @Test
    void aRequestIsDeletedWithItsId() throws SQLException {
        log.append(request("a-key-of-a-client", null, null));
        log.append(request("u.another", null, null));

        assertThat(erase(ofRequest("a-key-of-a-client"))).isEqualTo(new ErasedCounts(2, 1, 0, 0));

        assertThat(log.find(CLERKS, new RequestId("a-key-of-a-client"), 0, 9)).isEmpty();
        assertThat(log.isErased(CLERKS, new RequestId("a-key-of-a-client"))).isTrue();
        assertThat(log.isErased(new ClientName("others"), new RequestId("a-key-of-a-client")))
                .isFalse();
        assertThat(log.isErased(CLERKS, new RequestId("u.another"))).isFalse();
        assertThat(log.isErased(new RequestId("a-key-of-a-client"))).isTrue();
        assertThat(log.isErased(new RequestId("u.another"))).isFalse();
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("2");
    }

    @Test
    void anErasedRequestIsNotStoredAgainUnderItsKey() throws SQLException {
        log.append(request("a-key-of-a-client", "L-1"));
        erase(ofRequest("a-key-of-a-client"));

        assertThatThrownBy(() -> log.append(request("a-key-of-a-client", "L-1")))
                .isInstanceOf(PredictionErased.class);
        assertThatThrownBy(() -> log.append(request("a-key-of-a-client", "L-1", "L-2")))
                .isInstanceOf(PredictionErased.class);
        assertThat(log.append(request("another-key-of-it", "L-1"))).isTrue();
        assertThat(server.ask("SELECT string_agg(request_id, ' ') FROM scoring_requests"))
                .isEqualTo("another-key-of-it");
    }

    @Test
    void whatWasAnsweredBeforeTheErasureIsLeftOutWhenItIsStored() throws SQLException {
        erase(OF_LOAN);

        var kept = log.appendLate(request("u.batch", null, "L-1", "L-2"));

        assertThat(kept.scored()).hasSize(2);
        assertThat(log.appendLate(request("u.batch", null, "L-1", "L-2"))).isEqualTo(kept);
        assertThat(log.find(CLERKS, new RequestId("u.batch"), 0, 9)).hasValueSatisfying(batch -> {
            assertThat(batch.instances()).containsExactly(0, 2);
            assertThat(batch.count()).isEqualTo(3);
            assertThat(batch.part()).isEqualTo(kept);
        });
        assertThat(server.ask("SELECT string_agg(coalesce(loan_id, '-'), ' ' ORDER BY instance) FROM predictions"))
                .isEqualTo("- L-2");
    }

    @Test
    void aRequestOfWhichNothingIsLeftIsKnownToBeErased() {
        erase(OF_LOAN);

        assertThat(log.appendLate(request("u.single", "L-1")).scored()).isEmpty();

        assertThat(log.find(CLERKS, new RequestId("u.single"), 0, 9))
                .hasValueSatisfying(single -> assertThat(single.isErased()).isTrue());
    }

    @Test
    void anErasedRequestIsNotStoredFromTheQueue() throws SQLException {
        erase(ofRequest("u.waits"));

        assertThat(log.appendLate(request("u.waits", null, null)).scored()).isEmpty();

        assertThat(server.ask("SELECT count(*) FROM scoring_requests")).isEqualTo("0");
    }

    @Test
    void aLaterApplicationForTheLoanIsStored() {
        erase(OF_LOAN);
        var later = new ScoredRequest(
                request("u.later", "L-1").origin(),
                ERASED.plusMillis(1),
                ModelFixtures.identity("7"),
                request("u.later", "L-1").scored());

        assertThat(log.appendLate(later)).isEqualTo(later);
    }

    /// The storing is between its look at the tombstones and its commit when the erasure begins.
    @Test
    void anErasureWaitsForWhatIsBeingStoredFromTheQueueAndDeletesIt() throws Exception {
        log.appendLate(request("u.before", "L-1"));
        try (var storing = server.connect("scoring")) {
            storing.setAutoCommit(false);
            Tombstones.lockShared(storing);
            try (var statement = storing.createStatement()) {
                statement.execute(RoleStatement.OF_TEST + """
                        INSERT INTO predictions
                        SELECT scoring_request + 1, "timestamp", divorce_probability, 0, "Client_Income",
                               "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days",
                               "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", loan_id
                        FROM predictions
                        """);
            }
            var erased = CompletableFuture.supplyAsync(() -> erase(OF_LOAN));
            while (!erased.isDone() && !isSomeoneWaiting()) {
                Thread.onSpinWait();
            }
            assertThat(erased).isNotDone();

            storing.commit();

            assertThat(erased.join().predictions()).isEqualTo(2);
        }
    }

    /// The retention is between its move of the rows and its commit when the erasure begins, which would know of the
    /// default partition only, where the rows are no more.
    @Test
    void anErasureDeletesRowsThatMoveIntoAnotherPartitionMeanwhile() throws Exception {
        log.appendLate(request("u.outside", "L-1"));
        try (var moving = server.asOwner();
                var statement = moving.createStatement()) {
            moving.setAutoCommit(false);
            statement.execute("SELECT make_prediction_partition('2025-06-01')");
            var erased = CompletableFuture.supplyAsync(() -> erase(OF_LOAN));
            while (!erased.isDone() && !isSomeoneWaiting()) {
                Thread.onSpinWait();
            }
            assertThat(erased).isNotDone();

            moving.commit();

            assertThat(erased.join().predictions()).isEqualTo(1);
            assertThat(server.ask("SELECT count(*) FROM predictions")).isEqualTo("0");
        } finally {
            server.execute("DROP TABLE IF EXISTS predictions_y2025m06");
        }
    }

    @Test
    void theRecordDoesNotSayWhoseItWas() throws SQLException {
        rows.bury(OF_LOAN, ERASED);
        rows.erase(order(OF_LOAN), ERASED, 3);

        assertThat(server.ask("""
                SELECT concat_ws(' ', erased_at AT TIME ZONE 'UTC', erased_by, subject, reason, predictions,
                                 scoring_requests, labelled_rows, unlogged_objects)
                FROM erasures
                """)).isEqualTo("2025-06-01 12:31:00.123 ada loan case 17/2026 0 0 0 3");
        assertThat(server.ask("SELECT concat(erasures, erasure_tombstones) FROM erasures, erasure_tombstones"))
                .doesNotContain("L-1");
    }

    @Test
    void aTombstoneStaysAsLongAsWhatItStandsForMayCome() throws SQLException {
        erase(OF_LOAN);
        rows.bury(OF_LOAN, ERASED.plusSeconds(1));
        rows.bury(OF_LOAN, ERASED);

        assertThat(server.ask("SELECT (erased_at AT TIME ZONE 'UTC')::TEXT FROM erasure_tombstones"))
                .isEqualTo("2025-06-01 12:31:01.123");

        var later = COPIES.lastTombstone(OF_LOAN, ERASED).plusSeconds(2);
        rows.erase(order(ofRequest("u.1")), later, 0);
        assertThat(server.ask("SELECT count(*) FROM erasure_tombstones")).isEqualTo("0");
    }

    @Test
    void anErasureThatIsNotRecordedErasesNothing() throws SQLException {
        log.appendLate(request("u.single", "L-1"));
        server.execute("REVOKE INSERT ON erasures FROM erasure");
        try {
            assertThatThrownBy(() -> erase(OF_LOAN)).isInstanceOf(PredictionsUnavailable.class);
        } finally {
            server.execute("GRANT INSERT ON erasures TO erasure");
        }

        assertThat(server.ask("SELECT count(*) FROM predictions")).isEqualTo("1");
        assertThat(erase(OF_LOAN).predictions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"predictions", "scoring_requests", "divorce_predictions", "erasure_tombstones"})
    void onlyTheErasuresRoleMayDelete(String table) throws SQLException {
        assertThat(server.ask("""
                SELECT string_agg(rolname, ' ') FROM pg_roles
                WHERE rolname IN ('scoring', 'training', 'drift', 'retention', 'audit', 'mlflow', 'erasure')
                  AND has_table_privilege(rolname, '%s', 'DELETE')
                """.formatted(table))).isEqualTo("erasure");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT \"Age_Days\" FROM predictions",
        "SELECT divorce_probability FROM predictions",
        "SELECT \"Age_Days\" FROM divorce_predictions",
        "SELECT model_version FROM scoring_requests",
        "SELECT * FROM prediction_logs",
        "UPDATE predictions SET loan_id = NULL",
        "UPDATE erasures SET reason = 'another'",
        "DELETE FROM erasures",
        "SELECT * FROM drift_reports",
    })
    void theErasuresRoleReadsNoValueAndChangesNoRecord(String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = server.connect("erasure");
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private boolean isSomeoneWaiting() throws SQLException {
        return !server.ask("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0");
    }

    private ErasedCounts erase(ErasureSubject subject) {
        rows.bury(subject, ERASED);
        return rows.erase(order(subject), ERASED, 0);
    }

    private static ErasureOrder order(ErasureSubject subject) {
        return new ErasureOrder(subject, new ErasureReason("case 17/2026"), "ada");
    }

    private static ErasureSubject ofRequest(String id) {
        return new ErasureSubject.OfRequest(CLERKS, new RequestId(id));
    }

    private void label(String loan) throws SQLException {
        server.execute("""
                INSERT INTO divorce_predictions
                    ("index", "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                     "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", "Divorce",
                     "Date", loan_id)
                SELECT count(*), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, '2025-06-01', '%s' FROM divorce_predictions
                """.formatted(loan));
    }

    private static ScoredRequest request(String id, @Nullable String... loans) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, CLERKS),
                ANSWERED,
                ModelFixtures.identity("7"),
                Stream.of(loans).map(PostgresErasureTest::scored).toList());
    }

    private static ScoredApplication scored(@Nullable String loan) {
        var submitted = new SubmittedApplication(ModelFixtures.APPLICATION, loan == null ? null : new LoanId(loan));
        return new ScoredApplication(submitted, 0.25);
    }
}
