package vowcheck.launcher;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.not;

import java.sql.Connection;
import java.sql.SQLException;

/// A table that others wait for until this is closed: by it, a test has time to break something in the middle of what
/// they do.
final class HeldTable implements AutoCloseable {

    private final LocalSystem system;
    private final Connection holder;
    private final String waitingRole;

    private HeldTable(LocalSystem system, String database, String lock, String waitingRole) throws SQLException {
        this.system = system;
        this.waitingRole = waitingRole;
        holder = system.database(database);
        holder.setAutoCommit(false);
        try (var statement = holder.createStatement()) {
            statement.execute("LOCK TABLE " + lock + " MODE");
        }
    }

    /// The labelled rows: a training waits where it reads them.
    static HeldTable labelledRows(LocalSystem system) throws SQLException {
        return new HeldTable(system, LocalSystem.DATABASE, "divorce_predictions IN ACCESS EXCLUSIVE", "training");
    }

    /// MLflow's aliases, which can be read: a promotion waits where it moves them.
    static HeldTable aliases(LocalSystem system) throws SQLException {
        return new HeldTable(system, "mlflow", "registered_model_aliases IN EXCLUSIVE", "mlflow");
    }

    /// Waits until somebody waits; the process of PostgreSQL that serves them.
    long awaitWaiter() {
        return Long.parseLong(await().atMost(LocalSystem.PATIENCE)
                .until(() -> system.ask("""
                                SELECT coalesce(max(pid)::TEXT, '') FROM pg_stat_activity
                                WHERE usename = '%s' AND wait_event_type = 'Lock'
                                """.formatted(waitingRole)), not(emptyString())));
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
