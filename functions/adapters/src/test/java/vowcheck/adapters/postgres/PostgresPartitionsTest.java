package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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
import vowcheck.core.retention.PartitionsLocked;
import vowcheck.core.retention.PartitionsUnavailable;
import vowcheck.core.retention.Retention;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.retention.RetentionReport;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.PredictionErased;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// The retention on a real server. Each test begins with the default partition alone. The server refuses to drop what
/// by its own clock is too young, so the months are counted from today.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresPartitionsTest {

    private static final RetentionPeriod HALF_A_YEAR = new RetentionPeriod(RetentionPeriod.LEAST_MONTHS);

    private final YearMonth current = YearMonth.now(ZoneOffset.UTC);
    private final YearMonth past = current.minusMonths(9);

    private TestDatabase server;
    private Database scoring;
    private Database retention;
    private PostgresPredictionLog log;
    private PostgresPartitions partitions;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        scoring = server.as("scoring");
        log = new PostgresPredictionLog(scoring, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        retention = server.as("retention");
        partitions = new PostgresPartitions(retention, 2, _ -> {});
    }

    @AfterAll
    void stop() throws Exception {
        scoring.close();
        retention.close();
        server.close();
    }

    @BeforeEach
    void onlyTheDefaultPartition() throws SQLException {
        server.forgetPredictions();
        server.execute("""
                DO $$
                DECLARE
                    existing DATE;
                BEGIN
                    FOR existing IN SELECT month FROM prediction_partitions() LOOP
                        EXECUTE format('DROP TABLE %I', prediction_partition_name(existing));
                    END LOOP;
                END
                $$
                """);
    }

    /// A clock that is an hour wrong makes no difference: the neighbouring month has a partition, too.
    @Test
    void theMonthsOfThePresentAndTheNearFutureHavePartitions() throws SQLException {
        assertThat(applied().made()).isEqualTo(months(current, 4));

        var next = current.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        log.append(request("hour-before", next.minus(Duration.ofHours(1))));
        log.append(request("just-before", next.minusMillis(1)));
        log.append(request("midnight", next));
        log.append(request("hour-after", next.plus(Duration.ofHours(1))));

        assertThat(server.ask("""
                SELECT string_agg(concat_ws(' ', predictions.tableoid::regclass, request_id), ', ' ORDER BY id)
                FROM predictions JOIN scoring_requests ON id = scoring_request
                """))
                .isEqualTo("%1$s hour-before, %1$s just-before, %2$s midnight, %2$s hour-after"
                        .formatted(table(current), table(current.plusMonths(1))));
        assertThat(partitions.outside()).isEmpty();
    }

    @Test
    void aPartitionHasTheIndexesOfTheOthersAndSaysWhatARowIs() throws SQLException {
        applied();

        assertThat(server.ask("""
                SELECT count(*) FROM pg_partitioned_table
                JOIN pg_index AS parent ON parent.indrelid = partrelid
                JOIN pg_inherits ON inhparent = parent.indexrelid
                JOIN pg_index AS own ON own.indexrelid = inhrelid
                WHERE own.indrelid = '%s'::regclass AND own.indisvalid
                """.formatted(table(current))))
                .isEqualTo(server.ask("""
                SELECT count(*) FROM pg_index WHERE indrelid = 'predictions'::regclass
                """))
                .isNotEqualTo("0");
        assertThat(server.ask("SELECT obj_description('%s'::regclass)".formatted(table(current))))
                .isEqualTo("one row is one scored application of %s (UTC)".formatted(current));
    }

    @Test
    void rowsOutsideAreMovedUnchangedIntoTheirMonth() throws SQLException {
        log.append(request("batch", at(current), 3));
        log.append(request("before", at(current.minusMonths(2))));
        var before = stored();

        var report = applied();

        assertThat(report.rowsFoundOutside()).isEqualTo(4);
        assertThat(report.rowsLeftOutside()).isZero();
        assertThat(report.made())
                .isEqualTo(Stream.concat(Stream.of(current.minusMonths(2)), months(current, 4).stream())
                        .toList());
        assertThat(stored()).isEqualTo(before);
        assertThat(log.find(ClientName.CLERKS, new RequestId("batch"), 0, 9))
                .hasValueSatisfying(found -> assertThat(found.part()).isEqualTo(request("batch", at(current), 3)));
        assertThat(log.append(request("batch", at(current), 3))).isFalse();
    }

    @Test
    void whatIsOlderThanThePeriodIsForgottenWithItsKeysAndNothingElse() throws SQLException {
        log.append(request("old", at(past), 2));
        log.append(request("older", at(past.minusYears(3))));
        log.append(request("kept", at(current.minusMonths(5))));
        makeAll(past.minusYears(3), past, current.minusMonths(5));

        var report = applied();

        assertThat(report.dropped()).containsExactly(past.minusYears(3), past);
        assertThat(report.requestsDeleted()).isEqualTo(2);
        assertThat(server.ask("SELECT string_agg(request_id, ', ') FROM prediction_logs"))
                .isEqualTo("kept");
        assertThat(server.ask("SELECT string_agg(request_id, ', ') FROM scoring_requests"))
                .isEqualTo("kept");
        assertThat(log.append(request("old", at(current)))).isTrue();
        assertThat(log.append(request("kept", at(current)))).isFalse();
    }

    /// To its client, the request is gone (410), and does not belong to another call (409).
    @Test
    void betweenTheDropOfItsMonthAndTheDeletionOfItsIdARequestIsGone() {
        log.append(request("old", at(past), 2));
        makeAll(past);

        assertThat(partitions.drop(past, HALF_A_YEAR)).isTrue();

        assertThat(log.append(request("old", at(current)))).isFalse();
        assertThatThrownBy(() -> new PredictionAudit(log).ofClient(ClientName.CLERKS, new RequestId("old"), 0))
                .isInstanceOf(PredictionErased.class);
    }

    /// However old: the clock of a machine that was reset says 1970.
    @ParameterizedTest
    @ValueSource(strings = {"P9M", "P30Y", "P56Y", "P2020Y"})
    void aRowThatTheQueueStoresAfterItsMonthWasDroppedIsForgottenByTheNextRun(Period age) throws SQLException {
        var over = current.minus(age);
        applied();
        log.append(request("late", at(over)));
        assertThat(partitions.outside()).containsExactly(Map.entry(over, 1L));

        var report = applied();

        assertThat(report.made()).containsExactly(over);
        assertThat(report.dropped()).containsExactly(over);
        assertThat(report.rowsLeftOutside()).isZero();
        assertThat(server.ask("SELECT count(*) FROM scoring_requests")).isEqualTo("0");
    }

    /// Also one that is older than every partition: it waits for its partition with its key.
    @Test
    void aRequestWithARowOutsideIsKept() throws SQLException {
        makeAll(current);
        log.append(request("outside", at(current.minusMonths(3))));

        assertThat(partitions.deleteRequestsWithoutRows(10)).isZero();

        assertThat(log.append(request("outside", at(current)))).isFalse();
    }

    @Test
    void aRowOutsideThatIsOlderThanEveryPartitionHoldsNoOtherRequestUp() throws SQLException {
        log.append(request("old", at(past)));
        makeAll(past, current);
        partitions.drop(past, HALF_A_YEAR);
        log.append(request("outside", at(past.minusYears(9))));

        assertThat(partitions.deleteRequestsWithoutRows(10)).isEqualTo(1);

        assertThat(server.ask("SELECT string_agg(request_id, ', ') FROM scoring_requests"))
                .isEqualTo("outside");
    }

    @Test
    void aMonthThatNoPartitionCanHaveBlocksNothing() throws SQLException {
        log.append(request("old", at(past)));
        log.append(request("impossible", Instant.parse("-0043-03-15T12:00:00Z")));

        var report = applied();

        assertThat(report.dropped()).containsExactly(past);
        assertThat(report.rowsLeftOutside()).isEqualTo(1);
        assertThat(report.requestsDeleted()).isEqualTo(1);
    }

    @Test
    void requestsThatOthersLockAreLeftToTheNextRun() throws SQLException {
        log.append(request("old", at(past)));
        try (var busy = server.asOwner();
                var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE scoring_requests IN SHARE MODE");

            assertThat(applied().requestsLeft()).isTrue();

            busy.rollback();
        }
        assertThat(applied().requestsDeleted()).isEqualTo(1);
    }

    @Test
    void requestsAreDeletedInPortions() throws SQLException {
        for (int index = 0; index < 5; index++) {
            log.append(request("old-" + index, at(past)));
        }
        makeAll(past, current);
        partitions.drop(past, HALF_A_YEAR);

        assertThat(Stream.generate(() -> partitions.deleteRequestsWithoutRows(2))
                        .limit(4))
                .containsExactly(2, 2, 1, 0);
    }

    @Test
    void twoRunsAtOnceDoTogetherWhatOneWouldDo() throws Exception {
        for (var month : months(past.minusMonths(4), 5)) {
            log.append(request("old-" + month, at(month)));
        }
        log.append(request("kept", at(current)));
        try (var pool = Executors.newFixedThreadPool(2);
                var one = server.as("retention");
                var other = server.as("retention")) {
            Callable<RetentionReport> first =
                    () -> applied(new PostgresPartitions(one, 20, _ -> {}), Clock.systemUTC());
            Callable<RetentionReport> second =
                    () -> applied(new PostgresPartitions(other, 20, _ -> {}), Clock.systemUTC());
            var reports = new ArrayList<RetentionReport>();
            for (var report : pool.invokeAll(List.of(first, second))) {
                reports.add(report.get());
            }

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.complete()).isTrue());
            assertThat(reports.stream()
                            .mapToLong(RetentionReport::requestsDeleted)
                            .sum())
                    .isEqualTo(5);
            var oldMonths = months(past.minusMonths(4), 5);
            assertThat(reports.stream().flatMap(report -> report.dropped().stream()))
                    .containsAll(oldMonths);
        }
        assertThat(partitions.months()).containsExactlyElementsOf(months(current, 4));
        assertThat(server.ask("SELECT string_agg(request_id, ', ') FROM prediction_logs"))
                .isEqualTo("kept");
    }

    @Test
    void aRunThatIsKilledWhileItMovesRowsLeavesThemWhereTheyWere() throws SQLException {
        log.append(request("one", at(current), 2));
        var before = stored();
        server.execute("""
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN past; END $$
                """);
        server.execute("CREATE TRIGGER dies BEFORE DELETE ON predictions_default EXECUTE FUNCTION die()");
        try {
            assertThatThrownBy(this::applied).isInstanceOf(PartitionsUnavailable.class);
        } finally {
            server.execute("DROP FUNCTION die() CASCADE");
        }
        assertThat(partitions.months()).isEmpty();
        assertThat(stored()).isEqualTo(before);

        assertThat(applied().made()).isEqualTo(months(current, 4));
        assertThat(partitions.outside()).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    /// By it, the current month is too old.
    @Test
    void aClockThatIsMonthsAheadDropsNothing() throws SQLException {
        log.append(request("kept", at(current)));
        applied();
        var ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(250));

        assertThatThrownBy(() -> applied(partitions, ahead))
                .isInstanceOf(PartitionsUnavailable.class)
                .hasMessageContaining("22023");

        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("1");
        assertThat(partitions.months()).containsAll(months(current, 4));
    }

    @Test
    void aPartitionIsMadeWhileOthersStore() throws SQLException {
        makeAll(current);
        try (var busy = storing(current)) {
            assertThat(partitions.make(current.plusMonths(1))).isTrue();
            busy.rollback();
        }
    }

    @Test
    void aPartitionIsDroppedOnceALongQueryHasEndedAndMeanwhilePredictionsAreStored() throws SQLException {
        log.append(request("old", at(past)));
        makeAll(past, current);
        var pauses = new ArrayList<Duration>();
        try (var busy = readingAndStoring(past)) {
            var waiting = new PostgresPartitions(retention, 3, pause -> {
                pauses.add(pause);
                assertThat(log.append(request("meanwhile", at(current)))).isTrue();
                end(busy);
            });

            assertThat(waiting.drop(past, HALF_A_YEAR)).isTrue();
        }
        assertThat(pauses).containsExactly(PostgresPartitions.PAUSE);
        assertThat(server.ask("SELECT string_agg(request_id, ', ') FROM prediction_logs"))
                .isEqualTo("meanwhile");
    }

    @Test
    void aPartitionBehindAQueryThatDoesNotEndIsLeftToTheNextRun() throws SQLException {
        makeAll(past);
        try (var busy = readingAndStoring(past)) {
            assertThatThrownBy(() -> partitions.drop(past, HALF_A_YEAR)).isInstanceOf(PartitionsLocked.class);
            busy.rollback();
        }
        assertThat(partitions.drop(past, HALF_A_YEAR)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make_prediction_partition(NULL)",
                "make_prediction_partition('2026-11-02')",
                "make_prediction_partition('infinity')",
                "make_prediction_partition('0001-12-01 BC')",
                "make_prediction_partition((date_trunc('year', now()) + INTERVAL '2 years')::date)",
                "drop_prediction_partition(NULL, 6)",
                "drop_prediction_partition('2020-01-01', NULL)",
                "drop_prediction_partition('2020-01-01', 5)",
                "drop_prediction_partition('2020-01-01', -100)",
                "drop_prediction_partition(date_trunc('month', now() AT TIME ZONE 'UTC')::date, 6)",
                "drop_prediction_partition((date_trunc('month', now() AT TIME ZONE 'UTC') - INTERVAL '6 months')::date, 6)",
                "drop_prediction_partition('infinity', 6)",
            })
    void theServerRefusesWhatNoRunCanWant(String call) throws SQLException {
        makeAll(current, current.minusMonths(6));
        try (var connection = server.connect("retention");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(RoleStatement.OF_TEST + "SELECT " + call))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
        }
        assertThat(partitions.months()).containsExactly(current.minusMonths(6), current);
    }

    private RetentionReport applied() {
        return applied(partitions, Clock.systemUTC());
    }

    private static RetentionReport applied(PostgresPartitions partitions, InstantSource clock) {
        return new Retention(partitions, HALF_A_YEAR, clock).apply();
    }

    private void makeAll(YearMonth... months) {
        for (var month : months) {
            assertThat(partitions.make(month)).isTrue();
        }
    }

    /// Everything that the view shows, as one hash.
    private String stored() throws SQLException {
        return server.ask("SELECT md5(string_agg(logged::TEXT, ', ' ORDER BY id)) FROM prediction_logs AS logged");
    }

    /// A transaction that has read all predictions and stored one in that month.
    private Connection readingAndStoring(YearMonth month) throws SQLException {
        var connection = storing(month);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM predictions");
        }
        return connection;
    }

    /// A transaction with the locks of one that has stored a prediction in that month.
    private Connection storing(YearMonth month) throws SQLException {
        var connection = server.asOwner();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE ONLY %s IN ROW EXCLUSIVE MODE".formatted(table(month)));
            statement.execute("LOCK TABLE ONLY predictions IN ROW EXCLUSIVE MODE");
        }
        return connection;
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String table(YearMonth month) {
        return "predictions_y%04dm%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private static List<YearMonth> months(YearMonth first, int count) {
        return Stream.iterate(first, month -> month.plusMonths(1)).limit(count).toList();
    }

    /// A moment in the middle of the month.
    private static Instant at(YearMonth month) {
        return month.atDay(15).atTime(12, 30).toInstant(ZoneOffset.UTC);
    }

    private static ScoredRequest request(String id, Instant timestamp) {
        return request(id, timestamp, 1);
    }

    private static ScoredRequest request(String id, Instant timestamp, int instances) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, ClientName.CLERKS),
                timestamp,
                ModelFixtures.identity("7"),
                Collections.nCopies(instances, new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));
    }
}
