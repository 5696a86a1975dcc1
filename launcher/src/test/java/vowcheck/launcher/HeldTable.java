package vowcheck.launcher;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.not;

import java.sql.Connection;
import java.sql.SQLException;

/// A locked table, for which others wait until this is closed. It gives a test time to break something in the middle of
/// their work.
public final class HeldTable implements AutoCloseable {

    private final LocalSystem system;
    private final Connection holder;
    private final String waitingRole;

    private HeldTable(LocalSystem system, String database, String lock, String waitingRole) throws SQLException {
        this.system = system;
        this.waitingRole = waitingRole;
        holder = system.database(database);
        holder.setAutoCommit(false);
        try (var statement = holder.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '%ds'".formatted(LocalSystem.PATIENCE.toSeconds()));
            statement.execute("LOCK TABLE " + lock + " MODE");
        }
    }

    /// The labelled rows: a training waits when it reads them.
    public static HeldTable labelledRows(LocalSystem system) throws SQLException {
        return new HeldTable(system, LocalSystem.DATABASE, "divorce_predictions IN ACCESS EXCLUSIVE", "training");
    }

    /// MLflow's aliases, which can still be read: a promotion waits when it moves them.
    static HeldTable aliases(LocalSystem system) throws SQLException {
        return new HeldTable(system, "mlflow", "registered_model_aliases IN EXCLUSIVE", "mlflow");
    }

    /// MLflow's model versions, which can still be read: a training waits when it registers its model.
    public static HeldTable modelVersions(LocalSystem system) throws SQLException {
        return new HeldTable(system, "mlflow", "model_versions IN EXCLUSIVE", "mlflow");
    }

    /// Waits until a client waits for the table; returns the id of PostgreSQL's process that serves it.
    public long awaitWaiter() {
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
