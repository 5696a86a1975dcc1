package vowcheck.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/// One connection, opened when it is first needed and again when it broke. A function's environment serves one
/// request at a time, so one is enough. Not thread-safe.
public final class Database implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Database.class.getName());

    private final DatabaseAddress address;
    private final Supplier<DatabaseLogin> login;
    private final Duration limit;
    private @Nullable Connection connection;

    /// @param login read anew for each connection, so that a changed password is found
    /// @param limit of opening a connection, and of each statement
    public Database(DatabaseAddress address, Supplier<DatabaseLogin> login, Duration limit) {
        this.address = address;
        this.login = login;
        this.limit = limit;
    }

    /// Runs `work` on the connection, and once more on a new one when the connection turns out to be broken:
    /// `work` must be harmless when it is repeated.
    public <T> T run(Work<T> work) throws SQLException {
        boolean fresh = connection == null;
        try {
            return work.on(open());
        } catch (SQLException e) {
            if (isRefusal(e)) {
                throw e;
            }
            close();
            if (fresh || isTimeout(e)) {
                throw e; // a server that hangs must not cost the caller twice the limit
            }
            LOG.log(Level.INFO, "the connection broke, opening another: SQL state {0}", e.getSQLState());
            return work.on(open());
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = address.connections(login.get(), limit).getConnection();
        }
        return connection;
    }

    /// Whether the server understood and will refuse the same again: classes 22 (data exception), 23 (constraint
    /// violation) and 42 (no such table, no right) of
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html. Everything else (a full disk, a server
    /// that starts, a password that is being changed) passes.
    static boolean isRefusal(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }

    private static boolean isTimeout(SQLException e) {
        return e.getCause() instanceof SocketTimeoutException
                || PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState());
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "closing a broken connection failed: SQL state {0}", e.getSQLState());
            }
            connection = null;
        }
    }

    /// What is done on a connection.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
