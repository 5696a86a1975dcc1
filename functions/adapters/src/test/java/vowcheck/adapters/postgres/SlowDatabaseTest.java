package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.InMemoryUnloggedPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestIdTaken;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.StoringTooSlow;
import vowcheck.core.scoring.SubmittedApplication;

/// A database that takes long for each row, as with a slow disk, is no outage. A trigger delays each row by 20 ms.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowDatabaseTest {

    private static final Duration BASE = Duration.ofSeconds(1);

    /// More than the trigger takes.
    private static final TimeLimit AMPLE = new TimeLimit(BASE, Duration.ofMillis(80), Duration.ofMinutes(1));

    /// Less than the trigger takes.
    private static final TimeLimit SCARCE = new TimeLimit(BASE, Duration.ofMillis(1), Duration.ofMinutes(1));

    /// Takes at least 1.2 s.
    private static final List<SubmittedApplication> BATCH =
            Collections.nCopies(60, new SubmittedApplication(ModelFixtures.APPLICATION));

    private static final List<SubmittedApplication> ONE = BATCH.subList(0, 1);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final MovableClock clock = new MovableClock();
    private TestDatabase server;
    private InMemoryUnloggedPredictions queue;

    @BeforeAll
    void startWithASlowTable() throws Exception {
        server = TestDatabase.migrated();
        server.execute("""
                CREATE FUNCTION slow() RETURNS TRIGGER LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_sleep(0.02);
                    RETURN NEW;
                END
                $$
                """);
        server.execute("CREATE TRIGGER slow BEFORE INSERT ON predictions FOR EACH ROW EXECUTE FUNCTION slow()");
        models.promote(ModelFixtures.constant("1", 0.25));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void anEmptyLogAndAnEmptyQueue() throws SQLException {
        server.forgetPredictions();
        queue = new InMemoryUnloggedPredictions();
    }

    @Test
    void theLimitOfManyRowsIsLongerAndThatOfOneRowIsNot() throws SQLException {
        try (var database = database(AMPLE)) {
            for (int rows : new int[] {1, 60, 1, 60, 2000, 0}) {
                assertThat(database.run(rows, SlowDatabaseTest::statementTimeout))
                        .as("%d rows", rows)
                        .isEqualTo(AMPLE.of(rows).multipliedBy(9).dividedBy(10));
            }
        }
        assertThat(AMPLE.of(1)).isEqualTo(BASE);
        assertThat(AMPLE.of(60)).isEqualTo(Duration.ofMillis(1000 + 59 * 80));
        assertThat(AMPLE.of(2000)).isEqualTo(Duration.ofMinutes(1));
    }

    /// The base is always granted: the limit zero would mean none.
    @Test
    void theLimitShrinksWithTheTimeThatIsLeft() throws SQLException {
        var end = clock.instant().plus(Duration.ofMinutes(1));
        try (var database = new Database(
                server.address(),
                () -> TestDatabase.login("scoring"),
                () -> new TimeLimit(BASE, Duration.ofMillis(80), Duration.between(clock.instant(), end)))) {
            for (var limit : List.of(Duration.ofMillis(5_720), Duration.ofSeconds(2), BASE)) {
                assertThat(database.run(60, SlowDatabaseTest::statementTimeout))
                        .isEqualTo(limit.multipliedBy(9).dividedBy(10));
                clock.pass(Duration.ofSeconds(58));
            }
        }
    }

    /// As by an IAM token on a small server: PostgreSQL answers a second after the limit of a statement.
    @Test
    void aLoginMayTakeLongerThanAStatement() throws SQLException {
        delayLogins("2s");
        try (var database = database(TimeLimit.fixed(BASE))) {
            assertThat(database.run(Connection::getNetworkTimeout)).isEqualTo(Math.toIntExact(BASE.toMillis()));
            assertThatThrownBy(() -> database.run(SlowDatabaseTest::sleep)).isInstanceOf(SQLTimeoutException.class);
        } finally {
            delayLogins("0");
        }
    }

    /// Returns when new connections have it: the server reads its settings some time after it is told to.
    private void delayLogins(String delay) throws SQLException {
        server.execute("ALTER SYSTEM SET post_auth_delay = '" + delay + "'");
        server.execute("SELECT pg_reload_conf()");
        while (!server.ask("SHOW post_auth_delay").equals(delay)) {
            Thread.onSpinWait();
        }
    }

    /// For as long as a login may take.
    private static boolean sleep(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(RoleStatement.OF_TEST + "SELECT pg_sleep(3)");
        }
    }

    @Test
    void aBatchIsStoredWithinTheLimitOfItsRows() throws SQLException {
        try (var database = database(AMPLE)) {
            scoring(database).score(origin("a-slow-batch"), BATCH);
        }

        assertThat(rows()).isEqualTo("60");
        assertThat(queue.requests()).isEmpty();
    }

    @Test
    void whileABatchTakesTooLongSinglePredictionsAreStored() throws SQLException {
        try (var database = database(SCARCE)) {
            var scoring = scoring(database);

            assertThatThrownBy(() -> scoring.score(origin("a-slow-batch"), BATCH))
                    .isInstanceOf(StoringTooSlow.class);
            scoring.score(origin("a-single"), ONE);
            scoring.score(new RequestOrigin(RequestId.random(), Endpoint.BATCH, Purpose.APPLICATION, clerks()), BATCH);
            scoring.score(origin("another-single"), ONE);
        }

        assertThat(rows()).isEqualTo("2");
        assertThat(queue.requests()).hasSize(2);
    }

    @Test
    void aKeyedBatchThatTookTooLongIsAnsweredAfterwardsAndStoredOnce() throws SQLException {
        try (var database = database(SCARCE);
                var relogs = database(AMPLE)) {
            var scoring = scoring(database);
            var origin = origin("a-slow-batch");
            assertThatThrownBy(() -> scoring.score(origin, BATCH)).isInstanceOf(StoringTooSlow.class);
            assertThatThrownBy(() -> scoring.score(origin, BATCH)).isInstanceOf(StoringTooSlow.class);

            var relogged = log(relogs);
            assertThat(queue.requests()).hasSize(2);
            assertThat(queue.requests().stream().map(relogged::append)).containsExactly(true, false);

            assertThat(scoring.score(origin, BATCH))
                    .isEqualTo(new Scoring.Answer(queue.requests().getFirst(), true));
            assertThatThrownBy(() -> scoring.score(origin, BATCH.subList(0, 59)))
                    .isInstanceOf(RequestIdTaken.class);
        }
        assertThat(rows()).isEqualTo("60");
    }

    @Test
    void aTableThatHangsForOneRowIsAnOutage() throws SQLException {
        try (var database = database(SCARCE);
                var blocker = server.asOwner()) {
            var scoring = scoring(database);
            blocker.setAutoCommit(false);
            try (var statement = blocker.createStatement()) {
                statement.execute("LOCK TABLE predictions");
            }
            assertThatThrownBy(() -> scoring.score(origin("a-single"), ONE)).isInstanceOf(PredictionsUnavailable.class);
            blocker.rollback();

            assertThatThrownBy(() -> scoring.score(origin("a-single"), ONE))
                    .isInstanceOf(PredictionsUnavailable.class)
                    .hasMessage("PostgreSQL did not answer a moment ago");
            clock.pass(Duration.ofSeconds(2));
            scoring.score(origin("a-single"), ONE);
        }
        assertThat(rows()).isEqualTo("1");
    }

    private Database database(TimeLimit limit) {
        return new Database(server.address(), () -> TestDatabase.login("scoring"), limit);
    }

    private static PostgresPredictionLog log(Database database) {
        return new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
    }

    private Scoring scoring(Database database) {
        return new Scoring(
                new CurrentModel(models, Duration.ofDays(1), clock),
                new ShadowScoring(models, Duration.ofDays(1), Runnable::run, clock),
                new GuardedPredictionLog(log(database), clock),
                queue,
                clock);
    }

    private static RequestOrigin origin(String key) {
        return new RequestOrigin(new RequestId(key), Endpoint.BATCH, Purpose.APPLICATION, clerks());
    }

    private static ClientName clerks() {
        return ClientName.CLERKS;
    }

    private static Duration statementTimeout(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var setting = statement.executeQuery(
                        RoleStatement.OF_TEST + "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'")) {
            setting.next();
            return Duration.ofMillis(setting.getLong(1));
        }
    }

    private String rows() throws SQLException {
        return server.ask("SELECT count(*) FROM prediction_logs");
    }
}
