package vowcheck.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.retention.PartitionsLocked;
import vowcheck.core.retention.PartitionsUnavailable;
import vowcheck.core.retention.PredictionPartitions;
import vowcheck.core.retention.RetentionPeriod;

/// The partitions of the table `predictions`, by the functions that the migrations grant to the role
/// `retention`.
///
/// Statements queue up behind one that waits for the lock of a table. So the functions wait for half a second
/// only, which every prediction survives, and are called again after a pause that lets long queries end. Only
/// one run at a time is usual, so the pause needs no jitter.
public final class PostgresPartitions implements PredictionPartitions {

    private static final int ATTEMPTS = 12;

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(PostgresPartitions.class.getName());

    private final Database database;
    private final int attempts;
    private final Consumer<Duration> sleep;

    /// @param database as the role `retention`
    public PostgresPartitions(Database database) {
        this(database, ATTEMPTS, Migrations.LockWaits::slept);
    }

    PostgresPartitions(Database database, int attempts, Consumer<Duration> sleep) {
        this.database = database;
        this.attempts = attempts;
        this.sleep = sleep;
    }

    @Override
    public SortedSet<YearMonth> months() {
        return run(connection -> {
            try (var statement = connection.prepareStatement("SELECT month FROM prediction_partitions()");
                    var rows = statement.executeQuery()) {
                var months = new TreeSet<YearMonth>();
                while (rows.next()) {
                    months.add(month(rows));
                }
                return months;
            }
        });
    }

    @Override
    public SortedMap<YearMonth, Long> outside() {
        return run(connection -> {
            try (var statement = connection.prepareStatement(
                            "SELECT month, row_count FROM predictions_outside_partitions()");
                    var rows = statement.executeQuery()) {
                var counts = new TreeMap<YearMonth, Long>();
                while (rows.next()) {
                    counts.put(month(rows), rows.getLong(2));
                }
                return counts;
            }
        });
    }

    @Override
    public boolean make(YearMonth month) {
        return change(month, connection -> {
            try (var statement = connection.prepareStatement("SELECT make_prediction_partition(?)")) {
                statement.setObject(1, month.atDay(1));
                return yesOrNo(statement.executeQuery());
            }
        });
    }

    @Override
    public boolean drop(YearMonth month, RetentionPeriod period) {
        return change(month, connection -> {
            try (var statement = connection.prepareStatement("SELECT drop_prediction_partition(?, ?)")) {
                statement.setObject(1, month.atDay(1));
                statement.setInt(2, period.months());
                return yesOrNo(statement.executeQuery());
            }
        });
    }

    @Override
    public int deleteRequestsWithoutRows(int most) {
        return run(connection -> unlessLocked(
                        open -> {
                            try (var statement = open.prepareStatement("SELECT delete_requests_without_rows(?)")) {
                                statement.setInt(1, most);
                                try (var rows = statement.executeQuery()) {
                                    rows.next();
                                    return rows.getInt(1);
                                }
                            }
                        },
                        connection))
                .orElseThrow(() -> new PartitionsLocked("other statements used the requests or the predictions"));
    }

    private boolean change(YearMonth month, Database.Work<Boolean> change) {
        for (int attempt = 1; ; attempt++) {
            var changed = run(connection -> unlessLocked(change, connection));
            if (changed.isPresent()) {
                return changed.get();
            }
            if (attempt == attempts) {
                throw new PartitionsLocked("other statements used the predictions, %d times in %d seconds"
                        .formatted(attempts, PAUSE.multipliedBy(attempts - 1L).toSeconds()));
            }
            LOG.log(Level.INFO, "the partition of {0} is locked, attempt {1} of {2}", month, attempt, attempts);
            sleep.accept(PAUSE);
        }
    }

    private static <T> Optional<T> unlessLocked(Database.Work<T> change, Connection connection) throws SQLException {
        try {
            return Optional.of(change.on(connection));
        } catch (SQLException e) {
            if (Database.isLocked(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private <T> T run(Database.Work<T> work) {
        try {
            return database.run(work);
        } catch (SQLException e) {
            throw new PartitionsUnavailable(Database.failure(e), e);
        } catch (SecretUnavailable e) {
            throw new PartitionsUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private static YearMonth month(ResultSet rows) throws SQLException {
        return YearMonth.from(rows.getObject(1, LocalDate.class));
    }

    private static boolean yesOrNo(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
