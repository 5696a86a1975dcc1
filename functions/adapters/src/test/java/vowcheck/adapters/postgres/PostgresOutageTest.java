package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.SubmittedApplication;

/// Answered predictions are stored exactly once, whatever happens to the server. It writes durably (fsync and
/// synchronous_commit are on) and is killed by SIGKILL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresOutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final List<SubmittedApplication> BATCH =
            Collections.nCopies(3, new SubmittedApplication(ModelFixtures.APPLICATION));

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final MovableClock clock = new MovableClock();
    private TestDatabase server;
    private ServerProcesses processes;
    private InMemoryPredictions queue;
    private Database database;
    private GuardedPredictionLog log;
    private Scoring scoring;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        processes = server.processes();
        models.promote(ModelFixtures.constant("1", 0.25));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void anEmptyLogAndAnEmptyQueue() throws SQLException {
        server.forgetPredictions();
        queue = new InMemoryPredictions();
        database = new Database(server.address(), () -> TestDatabase.login("scoring"), LIMIT);
        log = new GuardedPredictionLog(
                new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES), clock);
        scoring = new Scoring(
                new CurrentModel(models, Duration.ofDays(1), clock),
                new ShadowScoring(models, Duration.ofDays(1), Runnable::run, clock),
                log,
                queue,
                clock);
    }

    @Test
    void theServerWritesDurably() throws SQLException {
        assertThat(server.ask("SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'))"))
                .isEqualTo("on on");
    }

    @Test
    void nothingIsLostOrDoubledWhenTheServerHangs() throws Exception {
        var answered = new ArrayList<ScoredRequest>();
        answered.add(answer());
        processes.freeze();
        for (int i = 0; i < 20; i++) {
            answered.add(answer());
        }
        processes.thaw();

        assertThat(queue.requests()).isEqualTo(answered.subList(1, 21));
        clock.pass(Duration.ofMinutes(5));
        answered.add(answer());
        reloggedTwice();
        assertStoredOnce(answered);
    }

    @Test
    void nothingIsLostOrDoubledWhenTheServerIsKilledUnderLoad() throws Exception {
        var begun = new CompletableFuture<Void>();
        var answers = new AtomicInteger();
        var load = CompletableFuture.supplyAsync(() -> {
            var answered = new ArrayList<ScoredRequest>();
            while (answered.size() < 2_000) {
                answered.add(answer());
                clock.pass(Duration.ofMillis(20));
                if (answers.incrementAndGet() == 200) {
                    begun.complete(null);
                }
            }
            return answered;
        });
        begun.join();
        processes.kill();
        processes.start();

        var answered = load.join();
        reloggedTwice();
        assertStoredOnce(answered);
        assertThat(queue.requests()).isNotEmpty();
    }

    @Test
    void aServerWithoutFreeConnectionsIsAnOutage() throws Exception {
        server.execute("ALTER ROLE scoring CONNECTION LIMIT 0");
        var answered = List.of(answer());
        server.execute("ALTER ROLE scoring CONNECTION LIMIT -1");

        assertThat(queue.requests()).isEqualTo(answered);
        clock.pass(Duration.ofMinutes(5));
        reloggedTwice();
        assertStoredOnce(answered);
    }

    /// After a failover the former primary refuses to write until the connection reaches the new one. The server's SQL
    /// state for it is 25006.
    @Test
    void aServerThatIsReadOnlyIsAnOutage() throws Exception {
        var answered = new ArrayList<ScoredRequest>();
        answered.add(answer());
        try {
            failOver("SET default_transaction_read_only = on");
            answered.add(answer());
            answered.add(answer());
        } finally {
            failOver("RESET default_transaction_read_only");
        }

        assertThat(queue.requests()).isEqualTo(answered.subList(1, 3));
        clock.pass(Duration.ofMinutes(5));
        answered.add(answer());
        reloggedTwice();
        assertStoredOnce(answered);
        assertThat(queue.requests()).hasSize(2);
    }

    /// A server of which the role's new connections are so; the open ones break.
    private void failOver(String setting) throws SQLException {
        server.execute("ALTER ROLE scoring " + setting);
        server.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'scoring'");
    }

    /// The server closes it while the environment is frozen; the limit is shortened for this connection.
    @Test
    void aConnectionThatWasIdleTooLongIsOpenedAgainWithoutAnOutage() throws Exception {
        var answered = new ArrayList<ScoredRequest>();
        answered.add(answer());
        String limit = database.run(connection -> shown(connection, "SHOW idle_session_timeout"));
        assertThat(limit).isEqualTo(Database.IDLE.toMinutes() + "min");
        var first = database.run(connection -> {
            try (var statement = connection.createStatement()) {
                var id = shown(connection, "SELECT pg_backend_pid()");
                statement.execute("SET idle_session_timeout = 1");
                return id;
            }
        });
        while (!server.ask("SELECT count(*) FROM pg_stat_activity WHERE pid = " + first)
                .equals("0")) {
            Thread.onSpinWait();
        }

        answered.add(answer());

        assertThat(queue.requests()).isEmpty();
        assertStoredOnce(answered);
        String second = database.run(connection -> shown(connection, "SELECT pg_backend_pid()"));
        assertThat(second).isNotEqualTo(first);
    }

    private static String shown(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void withoutServerAndQueueNothingIsAnswered() throws Exception {
        queue.reachable(false);
        processes.freeze();
        try {
            assertThatThrownBy(this::answer).isInstanceOf(PredictionsUnavailable.class);
        } finally {
            processes.thaw();
        }
    }

    @Test
    void aRepeatedRequestWaitsForTheServerAndIsStoredOnce() throws Exception {
        var origin = origin(new RequestId(UUID.randomUUID().toString()));
        processes.freeze();
        assertThatThrownBy(() -> scoring.score(origin, BATCH)).isInstanceOf(PredictionsUnavailable.class);
        processes.thaw();
        clock.pass(Duration.ofMinutes(5));

        // The server may or may not have stored the first one.
        var second = scoring.score(origin, BATCH);
        assertThat(scoring.score(origin, BATCH).request()).isEqualTo(second.request());

        assertStoredOnce(List.of(second.request()));
    }

    @Test
    void lookingWhetherTheDatabaseIsReadyNeitherOpensNorClosesTheCircuitBreaker() throws Exception {
        var probe = new PostgresReadiness(server.address(), () -> TestDatabase.login("scoring"), SchemaVersion.NEEDED);
        var answered = new ArrayList<ScoredRequest>();
        processes.kill();
        assertThatThrownBy(probe::look).isInstanceOf(NotReady.class);
        processes.start();
        answered.add(answer());
        assertThat(queue.requests()).isEmpty();

        processes.kill();
        answered.add(answer());
        processes.start();
        probe.look();
        answered.add(answer());

        assertThat(queue.requests()).isEqualTo(answered.subList(1, 3));
        reloggedTwice();
        assertStoredOnce(answered);
    }

    private ScoredRequest answer() {
        return scoring.score(origin(RequestId.random()), BATCH).request();
    }

    private static RequestOrigin origin(RequestId id) {
        return new RequestOrigin(id, Endpoint.BATCH, Purpose.APPLICATION, ClientName.CLERKS);
    }

    /// Every message is delivered twice, as SQS may do.
    private void reloggedTwice() {
        clock.pass(Duration.ofMinutes(5));
        queue.requests().forEach(log::append);
        queue.requests().forEach(log::append);
    }

    private void assertStoredOnce(List<ScoredRequest> answered) throws SQLException {
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo(String.valueOf(answered.size() * 3));
        for (var request : answered) {
            assertThat(log.find(ClientName.CLERKS, request.requestId(), 0, 10)
                            .orElseThrow()
                            .part()
                            .scored())
                    .isEqualTo(request.scored());
        }
    }
}
