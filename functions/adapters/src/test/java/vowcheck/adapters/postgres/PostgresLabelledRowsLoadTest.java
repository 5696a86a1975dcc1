package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.ErasureOrder;
import vowcheck.core.erasure.ErasureReason;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.imports.LabelledRowExists;
import vowcheck.core.imports.LabelledRowSource;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.training.LabelledRowsUnavailable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLabelledRowsLoadTest {

    private static final Instant ERASED = Instant.parse("2025-06-01T12:30:00Z");
    private static final LocalDate THAT_DAY = LocalDate.of(2025, 6, 1);

    private TestDatabase server;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.execute("TRUNCATE divorce_predictions, erasure_tombstones");
    }

    @Test
    void allRowsOfSeveralPortionsAreThereAfterTheCommit() throws SQLException {
        long all = 2L * PostgresLabelledRowsLoad.ROWS_A_PORTION + 1;
        try (var load = begin()) {
            LongStream.range(0, all).forEach(index -> load.add(index + 2, row(index, THAT_DAY, null)));
            load.flush();
            assertThat(load.rows()).isEqualTo(all);
            assertThat(count()).isZero();
            load.commit();
        }
        assertThat(count()).isEqualTo(all);
        assertThat(server.ask("""
                SELECT "Client_Income" || ' ' || "Education_Days" || ' ' || "Divorce" || ' ' || "Date" || ' ' || source
                       || ' ' || coalesce(loan_id, 'none')
                FROM divorce_predictions WHERE "index" = 10000
                """)).isEqualTo("12000 6000 1 2025-06-01 import none");
    }

    @Test
    void nothingRemainsWithoutTheCommit() throws SQLException {
        try (var load = begin()) {
            load.add(2, row(1, THAT_DAY, null));
            load.flush();
        }
        assertThat(count()).isZero();
    }

    @Test
    void aRowThatExistsIsNamedByItsLineAndNothingRemains() throws SQLException {
        loaded(row(7, THAT_DAY, null));
        try (var load = begin()) {
            load.add(2, row(6, THAT_DAY, null));
            load.add(30, row(7, THAT_DAY, null));
            load.add(31, row(8, THAT_DAY, null));
            assertThatThrownBy(load::flush)
                    .isInstanceOfSatisfying(
                            LabelledRowExists.class, e -> assertThat(e.line()).isEqualTo(30));
        }
        assertThat(count()).isOne();
    }

    @Test
    void rowsOfAnErasedLoanAreLeftOutUnlessTheyAreNewerThanTheErasure() throws SQLException {
        erase("L-1");
        try (var load = begin()) {
            load.add(2, row(1, THAT_DAY, "L-1"));
            load.add(3, row(2, THAT_DAY.plusDays(1), "L-1"));
            load.add(4, row(3, THAT_DAY, "L-2"));
            load.flush();
            assertThat(load.rows()).isEqualTo(2);
            assertThat(load.erased()).isOne();
            load.commit();
        }
        assertThat(server.ask("SELECT string_agg(\"index\" || loan_id, ' ' ORDER BY 1) FROM divorce_predictions"))
                .isEqualTo("2L-1 3L-2");
    }

    @Test
    void aRowBehindALeftOutOneIsStillNamedByItsOwnLine() throws SQLException {
        loaded(row(3, THAT_DAY, null));
        erase("L-1");
        try (var load = begin()) {
            load.add(2, row(1, THAT_DAY, "L-1"));
            load.add(3, row(2, THAT_DAY, null));
            load.add(4, row(3, THAT_DAY, null));
            assertThatThrownBy(load::flush)
                    .isInstanceOfSatisfying(
                            LabelledRowExists.class, e -> assertThat(e.line()).isEqualTo(4));
        }
    }

    @Test
    void anErasureWaitsForTheLoadAndFindsItsRows() throws Exception {
        try (var load = begin();
                var erasing = server.as("erasure");
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            load.add(2, row(1, THAT_DAY, "L-1"));
            load.flush();
            var erased = executor.submit(() -> personalRows(erasing).erase(order("L-1"), ERASED, 0));
            while (server.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                    .equals("0")) {
                Thread.onSpinWait();
            }
            load.commit();
            assertThat(erased.get().labelledRows()).isOne();
        }
        assertThat(count()).isZero();
    }

    @Test
    void oneImportRunsAtATime() throws SQLException {
        try (var load = begin()) {
            assertThatThrownBy(this::begin)
                    .isInstanceOf(LabelledRowsUnavailable.class)
                    .hasMessage("another import is running: start this one when it has ended");
            load.add(2, row(1, THAT_DAY, null));
            load.flush();
            load.commit();
        }
        loaded(row(2, THAT_DAY, null));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aServerThatIsKilledHalfwayKeepsNothing() throws Exception {
        var processes = server.processes();
        var load = begin();
        for (long index = 0; index <= PostgresLabelledRowsLoad.ROWS_A_PORTION; index++) {
            load.add(index + 2, row(index, THAT_DAY, null));
        }
        processes.kill();
        try {
            assertThatThrownBy(load::flush)
                    .isInstanceOf(LabelledRowsUnavailable.class)
                    .hasMessageStartingWith("PostgreSQL did not answer");
        } finally {
            processes.start();
        }
        load.close();
        assertThat(count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"Age_Days\" FROM divorce_predictions",
                "SELECT \"index\" FROM divorce_predictions",
                "UPDATE divorce_predictions SET loan_id = NULL",
                "DELETE FROM divorce_predictions",
                "TRUNCATE divorce_predictions",
                "SELECT kept_until FROM erasure_tombstones",
                "DELETE FROM erasure_tombstones",
                "SELECT loan_id FROM predictions",
                "CREATE TEMPORARY TABLE a (b INTEGER)",
            })
    void theRoleOnlyAddsRows(String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = server.connect("import");
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private void erase(String loan) {
        try (var erasing = server.as("erasure")) {
            personalRows(erasing).bury(new ErasureSubject.OfLoan(new LoanId(loan)), ERASED);
        }
    }

    private static PostgresPersonalRows personalRows(Database erasing) {
        return new PostgresPersonalRows(
                erasing, TestDatabase.TOMBSTONES, new CopiesLifetime(Duration.ofDays(1), RetentionPeriod.DEFAULT));
    }

    private static ErasureOrder order(String loan) {
        return new ErasureOrder(new ErasureSubject.OfLoan(new LoanId(loan)), new ErasureReason("case 17/2026"), "ada");
    }

    private void loaded(LabelledRow row) {
        try (var load = begin()) {
            load.add(2, row);
            load.flush();
            load.commit();
        }
    }

    private PostgresLabelledRowsLoad begin() {
        return PostgresLabelledRowsLoad.begin(
                () -> server.address().connections(TestDatabase.login("import"), Duration.ofSeconds(10)),
                FeatureSchema.CURRENT,
                TestDatabase.TOMBSTONES);
    }

    private static LabelledRow row(long index, LocalDate date, @Nullable String loan) {
        return new LabelledRow(
                index,
                ModelFixtures.APPLICATION,
                true,
                date,
                Optional.ofNullable(loan).map(LoanId::new),
                LabelledRowSource.IMPORT);
    }

    private long count() throws SQLException {
        return Long.parseLong(server.ask("SELECT count(*) FROM divorce_predictions"));
    }
}
