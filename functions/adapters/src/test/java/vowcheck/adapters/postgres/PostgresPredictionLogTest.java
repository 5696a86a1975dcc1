package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedPrediction;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionsRefused;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresPredictionLogTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final LoanId LOAN = new LoanId("4711");

    private TestDatabase server;
    private Database database;
    private PostgresPredictionLog log;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        database = server.as("scoring");
        log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
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
    void aRowHoldsWhatWasAnswered() throws SQLException {
        log.append(request("one", 1));

        assertThat(server.ask("""
                SELECT concat_ws(' ', request_id, instance, "timestamp" AT TIME ZONE 'UTC', model_version,
                                 divorce_probability, endpoint, purpose, client,
                                 encode(manifest_sha256, 'hex'))
                FROM prediction_logs
                """))
                .isEqualTo("one 0 2025-06-01 12:30:00.123 7 0.25 batch application clerks "
                        + ModelFixtures.identity("7").manifestHash());
    }

    @Test
    void theJsonAndTheTypedColumnsHoldTheSameFeatures() throws SQLException {
        log.append(request("one", 1));

        for (var feature : FeatureSchema.CURRENT.features()) {
            var name = feature.fieldName();
            assertThat(server.ask("SELECT (features ->> '%1$s')::REAL = \"%1$s\" FROM prediction_logs".formatted(name)))
                    .as(name)
                    .isEqualTo("t");
        }
        assertThat(server.ask("SELECT features -> 'Client_Income' FROM prediction_logs"))
                .isEqualTo("12000");
    }

    @Test
    void whatTheRowsOfARequestHaveInCommonStandsOnce() throws SQLException {
        log.append(request("many", 1001));
        log.append(request("one", 1));

        assertThat(
                        server.ask(
                                "SELECT string_agg(concat_ws(' ', request_id, instances), ', ' ORDER BY id) FROM scoring_requests"))
                .isEqualTo("many 1001, one 1");
    }

    @Test
    void aBatchKeepsItsOrderUnderOneRequestId() throws SQLException {
        log.append(request("many", 1001));

        assertThat(server.ask("""
                SELECT count(*) FILTER (WHERE divorce_probability = 0.25::FLOAT8 / (instance + 1)) FROM prediction_logs
                WHERE request_id = 'many'
                """)).isEqualTo("1001");
    }

    @Test
    void theSameRequestTwiceIsStoredOnce() throws SQLException {
        log.append(request("again", 3));
        log.append(request("again", 3));

        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("3");
    }

    @Test
    void aRequestUnderAnIdThatIsTakenIsNotStored() throws SQLException {
        assertThat(log.append(request("mine", 1))).isTrue();
        assertThat(log.append(request("mine", 3))).isFalse();

        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("1");
    }

    @Test
    void twoClientsMayUseTheSameId() {
        var others = new ClientName("others");
        var mine = request("shared", 1);
        var theirs = request(others, "shared", 2);

        assertThat(log.append(mine)).isTrue();
        assertThat(log.append(theirs)).isTrue();

        assertThat(log.append(theirs)).isFalse();
        assertThat(log.find(CLERKS, mine.requestId(), 0, 9)).contains(new LoggedRequest(mine, 0, 1));
        assertThat(log.find(others, mine.requestId(), 0, 9)).contains(new LoggedRequest(theirs, 0, 2));
        assertThat(log.find(ClientName.UNKNOWN, mine.requestId(), 0, 9)).isEmpty();
        assertThat(log.clients(mine.requestId())).containsExactly(CLERKS, others);
        assertThat(log.clients(new RequestId("nobodys"))).isEmpty();
    }

    @Test
    void aStoredRequestIsFoundUnchanged() {
        var request = request("found", 1001);
        log.append(request);

        assertThat(log.find(CLERKS, request.requestId(), 0, 10_000)).contains(new LoggedRequest(request, 0, 1001));
        var part = log.find(CLERKS, request.requestId(), 1000, 500).orElseThrow();
        assertThat(part.count()).isEqualTo(1001);
        assertThat(part.part().scored()).isEqualTo(request.scored().subList(1000, 1001));
        assertThat(log.find(CLERKS, request.requestId(), 2000, 500)
                        .orElseThrow()
                        .part()
                        .scored())
                .isEmpty();
        assertThat(log.find(CLERKS, new RequestId("nobodys"), 0, 1)).isEmpty();
    }

    @Test
    void aRowOfTheFormerBuildNamesItsVersionOnly() throws SQLException {
        var request = request("former", 2);
        log.append(request);
        server.execute("UPDATE scoring_requests SET manifest_sha256 = NULL");

        var found = log.find(CLERKS, request.requestId(), 0, 2).orElseThrow().part();

        assertThat(found.modelVersion()).isEqualTo(request.modelVersion());
        assertThat(found.model()).isEmpty();
        log.append(new ScoredRequest(
                request("again", 1).origin(), found.timestamp(), found.modelVersion(), null, found.scored()));
        assertThat(server.ask("SELECT count(manifest_sha256) FROM prediction_logs"))
                .isEqualTo("0");
    }

    @Test
    void aConnectionThatTheServerEndedIsOpenedAgain() throws SQLException {
        log.append(request("before", 1));
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'scoring'");

        log.append(request("after", 1));

        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("2");
    }

    /// PostgreSQL refuses a statement that was prepared before: SQL state 0A000, 'cached plan must not
    /// change result type'. The driver prepares a statement on the server at its fifth use, and again after
    /// that refusal, since each statement is a transaction of its own. In a longer transaction, [Database]
    /// would open another connection.
    @Test
    void aColumnsTypeMayChangeUnderPreparedStatements() throws SQLException {
        var ids = IntStream.range(0, 12).mapToObj(i -> "r" + i).toList();
        try {
            for (var id : ids.subList(0, 6)) {
                log.append(request(id, 2));
                assertThat(log.find(CLERKS, new RequestId(id), 0, 2)).contains(new LoggedRequest(request(id, 2), 0, 2));
            }
            server.execute("ALTER TABLE scoring_requests ALTER COLUMN instances TYPE BIGINT");

            for (var id : ids) {
                log.append(request(id, 2));
                assertThat(log.find(CLERKS, new RequestId(id), 0, 2)).contains(new LoggedRequest(request(id, 2), 0, 2));
            }
        } finally {
            server.execute("ALTER TABLE scoring_requests ALTER COLUMN instances TYPE instance_count");
        }
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("24");
    }

    @Test
    void anUnreachableServerIsReported() {
        var nowhere = DatabaseAddress.withoutTls("127.0.0.1", 1, "postgres");
        try (var unreachable = new Database(nowhere, () -> TestDatabase.login("scoring"), Duration.ofSeconds(1))) {
            var unreachableLog = new PostgresPredictionLog(unreachable, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);

            assertThatThrownBy(() -> unreachableLog.append(request("lost", 1)))
                    .isInstanceOf(PredictionsUnavailable.class);
        }
    }

    @Test
    void aPasswordThatIsChangedWithItsSecretCostsNoRequest() throws SQLException {
        var current = new AtomicReference<>(TestDatabase.login("scoring"));
        var outdated = new AtomicInteger();
        // A secret that was read just before it was changed.
        Supplier<DatabaseLogin> login =
                () -> outdated.getAndDecrement() > 0 ? TestDatabase.login("scoring") : current.get();
        try (var changing = new Database(server.address(), login, Duration.ofSeconds(1))) {
            var changingLog = new PostgresPredictionLog(changing, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
            changingLog.append(request("before", 1));
            current.set(new DatabaseLogin("scoring", "changed"));
            server.migrations().run(List.of(current.get()));
            outdated.set(1);
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'scoring'");

            changingLog.append(request("after", 1));
        } finally {
            server.migrations().run(List.of(TestDatabase.login("scoring")));
        }
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("2");
    }

    @Test
    void aPasswordThatIsBeingChangedIsNoRefusal() {
        var wrong = new DatabaseLogin("scoring", "wrong");
        try (var locked = new Database(server.address(), () -> wrong, Duration.ofSeconds(1))) {
            var lockedLog = new PostgresPredictionLog(locked, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);

            assertThatThrownBy(() -> lockedLog.append(request("later", 1))).isInstanceOf(PredictionsUnavailable.class);
        }
    }

    @Test
    void aTableThatHangsEndsWithinTheLimit() throws SQLException {
        try (var blocker = server.asOwner()) {
            blocker.setAutoCommit(false);
            try (var statement = blocker.createStatement()) {
                statement.execute("LOCK TABLE predictions");
                assertThatThrownBy(() -> log.append(request("hanging", 1))).isInstanceOf(PredictionsUnavailable.class);
            }
            blocker.rollback();
        }
    }

    @Test
    void rowsThatTheSchemaRefusesAreNotTriedAgain() {
        var request = request("bad", 1);
        assertThatThrownBy(() -> {
                    server.execute("ALTER TABLE scoring_requests ADD CHECK (model_version <> '7') NOT VALID");
                    try {
                        log.append(request);
                    } finally {
                        server.execute(
                                "ALTER TABLE scoring_requests DROP CONSTRAINT scoring_requests_model_version_check");
                    }
                })
                .isInstanceOf(PredictionsRefused.class)
                .hasMessageContaining("23514");
    }

    @Test
    void theLoansOfOneApplicationAndOfABatchAreStoredAndFound() throws SQLException {
        var one = ofLoans("one", LOAN);
        var batch = ofLoans("many", null, LOAN, new LoanId("another"));
        log.append(one);
        log.append(batch);

        assertThat(log.find(CLERKS, one.requestId(), 0, 9)).contains(new LoggedRequest(one, 0, 1));
        assertThat(log.find(CLERKS, batch.requestId(), 0, 9)).contains(new LoggedRequest(batch, 0, 3));
        assertThat(server.ask("""
                SELECT string_agg(concat_ws(' ', request_id, instance, loan_id), ', ' ORDER BY id) FROM prediction_logs
                """)).isEqualTo("one 0 4711, many 0, many 1 4711, many 2 another");
    }

    @Test
    void theShadowsScoresOfOneApplicationAndOfABatchAreStoredAndFound() throws SQLException {
        var one = withShadow(request("one", 1), 0.5);
        var batch = withShadow(ofLoans("many", null, LOAN), null, 0.125);
        var late = withShadow(request("late", 2), 0.75, null);
        log.append(one);
        log.append(batch);
        log.appendLate(late);

        for (var request : List.of(one, batch, late)) {
            int count = request.scored().size();
            assertThat(log.find(CLERKS, request.requestId(), 0, 9)).contains(new LoggedRequest(request, 0, count));
        }
        assertThat(server.ask("""
                SELECT string_agg(concat_ws(' ', request_id, instance, shadow_version, shadow_probability), ', '
                                  ORDER BY id)
                FROM prediction_logs
                """)).isEqualTo("one 0 8 0.5, many 0, many 1 8 0.125, late 0 8 0.75, late 1");
    }

    @Test
    void aLoansPredictionsAreFoundOfAllClientsTheNewestFirst() {
        var first = ofLoans("first", LOAN);
        var second =
                at(first.timestamp().plusSeconds(60), ofLoans(new ClientName("others"), "second", null, LOAN, LOAN));
        var sameTime = ofLoans("third", LOAN);
        log.append(second);
        log.append(first);
        log.append(sameTime);
        log.append(ofLoans("fourth", new LoanId("another"), null));

        assertThat(log.ofLoan(LOAN, 0, 500))
                .isEqualTo(new LoggedLoan(
                        List.of(
                                prediction(second, 1),
                                prediction(second, 2),
                                prediction(sameTime, 0),
                                prediction(first, 0)),
                        0,
                        4));
        assertThat(log.ofLoan(LOAN, 1, 2))
                .isEqualTo(new LoggedLoan(List.of(prediction(second, 2), prediction(sameTime, 0)), 1, 4));
        assertThat(log.ofLoan(LOAN, 9, 2)).isEqualTo(new LoggedLoan(List.of(), 9, 4));
        assertThat(log.ofLoan(new LoanId("nobodys"), 0, 500)).isEqualTo(new LoggedLoan(List.of(), 0, 0));
    }

    /// The same request, scored by a shadow as well.
    private static ScoredRequest withShadow(ScoredRequest request, @Nullable Double... probabilities) {
        return request.part(IntStream.range(0, probabilities.length)
                .mapToObj(instance -> {
                    var scored = request.scored().get(instance);
                    @Nullable Double probability = probabilities[instance];
                    return new ScoredApplication(
                            scored.submitted(),
                            scored.probability(),
                            probability == null ? null : new ShadowScore(new ModelVersion("8"), probability));
                })
                .toList());
    }

    private static LoggedPrediction prediction(ScoredRequest request, int instance) {
        return new LoggedPrediction(
                request.origin(),
                instance,
                request.timestamp(),
                request.modelVersion(),
                request.scored().get(instance).probability());
    }

    private static ScoredRequest at(Instant timestamp, ScoredRequest request) {
        return new ScoredRequest(
                request.origin(), timestamp, request.modelVersion(), request.manifestHash(), request.scored());
    }

    /// A request with an application for each of these loans.
    private static ScoredRequest ofLoans(String id, @Nullable LoanId... loans) {
        return ofLoans(CLERKS, id, loans);
    }

    private static ScoredRequest ofLoans(ClientName client, String id, @Nullable LoanId... loans) {
        return request(client, id, loans.length)
                .part(Arrays.stream(loans)
                        .map(loan -> new SubmittedApplication(ModelFixtures.APPLICATION, loan))
                        .map(submitted -> new ScoredApplication(submitted, 0.25))
                        .toList());
    }

    private static ScoredRequest request(String id, int instances) {
        return request(CLERKS, id, instances);
    }

    private static ScoredRequest request(ClientName client, String id, int instances) {
        var applications = Collections.nCopies(instances, ModelFixtures.APPLICATION);
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, client),
                Instant.parse("2025-06-01T12:30:00.123Z"),
                ModelFixtures.identity("7"),
                IntStream.range(0, instances)
                        .mapToObj(instance -> new ScoredApplication(applications.get(instance), 0.25 / (instance + 1)))
                        .toList());
    }
}
