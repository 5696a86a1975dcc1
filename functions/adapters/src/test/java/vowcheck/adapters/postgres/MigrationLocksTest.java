package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A migration that changes a table while a long query reads it, here V11.
class MigrationLocksTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int FORMER = 10;

    /// The outcome of V11 and the migrations after it.
    private static final Migrations.Outcome ALL =
            new Migrations.Outcome(SchemaVersion.NEEDED - FORMER, String.valueOf(SchemaVersion.NEEDED));

    private final List<Duration> pauses = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void beforeV11() throws Exception {
        database = TestDatabase.empty();
        database.migrateTo(String.valueOf(FORMER));
    }

    @AfterEach
    void stop() throws Exception {
        database.close();
    }

    @Test
    void aMigrationBehindALongQueryLetsOthersPassAndRunsAfterIt() throws SQLException {
        try (var reader = longQuery()) {
            Consumer<Duration> untilTheQueryEnds = pause -> {
                pauses.add(pause);
                othersPass();
                end(reader);
            };

            var outcome = migrations(untilTheQueryEnds).run(List.of());

            assertThat(outcome).isEqualTo(ALL);
        }
        assertThat(pauses).containsExactly(PAUSE);
    }

    @Test
    void aMigrationThatNeverGetsTheLockFailsAfterItsLastAttemptAndCanBeRepeated() throws SQLException {
        try (var _ = longQuery()) {
            assertThatThrownBy(() -> migrations(pauses::add).run(List.of())).isInstanceOf(FlywayException.class);
        }
        assertThat(pauses).containsExactly(PAUSE, PAUSE);

        assertThat(database.migrations().run(List.of())).isEqualTo(ALL);
    }

    private Migrations migrations(Consumer<Duration> sleep) {
        return database.migrations(new Migrations.LockWaits(Duration.ofMillis(200), 3, PAUSE, sleep));
    }

    /// Holds the lock of a query until the connection is closed or its transaction ends.
    private Connection longQuery() throws SQLException {
        var reader = database.asOwner();
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute("SELECT count(*) FROM prediction_logs");
        }
        return reader;
    }

    /// A lock that an insert takes is granted at once.
    private void othersPass() {
        try (var writer = database.asOwner()) {
            writer.setAutoCommit(false);
            try (var statement = writer.createStatement()) {
                statement.execute("LOCK TABLE prediction_logs IN ROW EXCLUSIVE MODE NOWAIT");
            }
            writer.rollback();
        } catch (SQLException e) {
            throw new AssertionError("the migration blocks an insert", e);
        }
    }

    private static void end(Connection reader) {
        try {
            reader.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
