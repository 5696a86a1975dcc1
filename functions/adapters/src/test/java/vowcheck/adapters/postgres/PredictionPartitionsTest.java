package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// Which partition of `predictions` has a row. Wherever it is, the audit, the view and the drift check find it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictionPartitionsTest {

    private static final DateTimeFormatter PARTITION =
            DateTimeFormatter.ofPattern("'predictions_y'yyyy'm'MM", Locale.ROOT);

    private TestDatabase server;
    private Database database;
    private PostgresPredictionLog log;

    /// A month after the migration, for which it has made a partition.
    private YearMonth nextMonth;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        database = server.as("scoring");
        log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        nextMonth = YearMonth.parse(server.ask("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')"))
                .plusMonths(1);
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.forgetPredictions();
    }

    @Test
    void theMonthOfTheMigrationAndThreeMoreHavePartitions() throws SQLException {
        for (int months = -1; months <= 1; months++) {
            assertThat(server.ask("SELECT to_regclass('%s')".formatted(partition(nextMonth.plusMonths(months)))))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "-PT0.000001S", "PT0S", "PT1H", "PT24H"})
    void aRowIsInTheMonthOfItsTimeAlsoWhenAClockIsAnHourWrong(Duration wrong) throws SQLException {
        var time = beginning(nextMonth).plus(wrong);

        assertThat(partitionOfARow(time)).isEqualTo(partition(YearMonth.from(time.atOffset(ZoneOffset.UTC))));
    }

    @Test
    void aRowOfAMonthWithoutAPartitionIsInTheDefaultPartition() throws SQLException {
        var last = nextMonth.plusMonths(2);
        server.execute("DROP TABLE " + partition(last));

        assertThat(partitionOfARow(beginning(last))).isEqualTo("predictions_default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-12-31T23:00:00Z", "2119-01-01T00:00:00Z"})
    void aRowOfAClockThatIsYearsWrongIsInTheDefaultPartition(Instant time) throws SQLException {
        assertThat(partitionOfARow(time)).isEqualTo("predictions_default");
    }

    /// The statement waits for the default partition, to which the row does not belong any more then.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRowIsStoredAlsoWhereThePartitionOfItsMonthIsMadeMeanwhile(int rows) throws Exception {
        var month = nextMonth.minusYears(1);
        log.append(request(beginning(nextMonth), "another", 1)); // so that the connection is open
        try (var making = server.asOwner();
                var statement = making.createStatement()) {
            making.setAutoCommit(false);
            statement.execute("SELECT make_prediction_partition('%s')".formatted(month.atDay(1)));
            var stored = CompletableFuture.supplyAsync(() -> log.append(request(beginning(month), "some", rows)));
            while (!stored.isDone()
                    && server.ask("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("0")) {
                Thread.onSpinWait();
            }
            assertThat(stored).isNotDone();

            making.commit();

            assertThat(stored.join()).isTrue();
            assertThat(server.ask("SELECT count(*) FROM " + partition(month))).isEqualTo(String.valueOf(rows));
        } finally {
            server.execute("DROP TABLE IF EXISTS " + partition(month));
        }
    }

    /// A request that is sent again a moment later would be in another month: its id decides.
    @Test
    void aRequestIsStoredOnceOnBothSidesOfMidnight() throws SQLException {
        assertThat(log.append(request(beginning(nextMonth).minusSeconds(1)))).isTrue();

        assertThat(log.append(request(beginning(nextMonth)))).isFalse();

        assertThat(server.ask("SELECT count(*) FROM predictions")).isEqualTo("1");
    }

    @Test
    void anIndexOnTimesIsKeptUpToDateInEveryPartition() throws SQLException {
        assertThat(server.ask("""
                SELECT count(*) FILTER (WHERE reloptions = '{autosummarize=on}') = count(*) AND count(*) > 4
                FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
                WHERE indrelid IN (SELECT relid FROM pg_partition_tree('predictions') WHERE isleaf)
                  AND relam = (SELECT oid FROM pg_am WHERE amname = 'brin')
                """)).isEqualTo("t");
    }

    /// Stores a request of that time, checks that it is found in each way, and says where its row is.
    private String partitionOfARow(Instant time) throws SQLException {
        var request = request(time);
        assertThat(log.append(request)).isTrue();
        assertThat(log.find(ClientName.CLERKS, request.requestId(), 0, 1)).contains(new LoggedRequest(request, 0, 1));
        assertThat(server.ask("SELECT count(*) FROM prediction_logs WHERE request_id = 'some'"))
                .isEqualTo("1");
        try (var drift = server.as("drift")) {
            var counted = new PostgresDrift(drift)
                    .since(LocalDate.ofInstant(time, ZoneOffset.UTC), ModelFixtures.reference());
            assertThat(counted.rows()).isEqualTo(1);
        }
        return server.ask("SELECT tableoid::regclass FROM predictions");
    }

    private static String partition(YearMonth month) {
        return PARTITION.format(month);
    }

    private static Instant beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static ScoredRequest request(Instant time) {
        return request(time, "some", 1);
    }

    private static ScoredRequest request(Instant time, String id, int rows) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.SINGLE, Purpose.APPLICATION, ClientName.CLERKS),
                time,
                ModelFixtures.identity("7"),
                Collections.nCopies(rows, new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));
    }
}
