package vowcheck.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/// A database connection that is opened at first use, and again when it is broken. One is enough, since an
/// environment of a function serves one request at a time. The server closes it when it is not used for [#IDLE].
/// Not thread-safe.
public final class Database implements AutoCloseable {

    /// Longer than the pauses between the requests of a busy environment. Lambda limits how many environments work
    /// at once, not how many are kept: those of the former version keep their connections after a deployment.
    static final Duration IDLE = Duration.ofMinutes(2);

    private static final Logger LOG = System.getLogger(Database.class.getName());

    private final DatabaseAddress address;
    private final Supplier<DatabaseLogin> login;
    private final Supplier<TimeLimit> limits;
    private @Nullable Connection connection;
    private Duration granted = Duration.ZERO;

    /// @param login asked for each connection, since passwords change
    /// @param limit the time limit for each statement, and for opening a connection if it is longer than
    ///     [DatabaseAddress#CONNECTING]
    public Database(DatabaseAddress address, Supplier<DatabaseLogin> login, Duration limit) {
        this(address, login, TimeLimit.fixed(limit));
    }

    /// @param login asked for each connection, since passwords change
    public Database(DatabaseAddress address, Supplier<DatabaseLogin> login, TimeLimit limit) {
        this(address, login, () -> limit);
    }

    /// @param login asked for each connection, since passwords change
    /// @param limits asked for each statement, since the time for it may run out
    public Database(DatabaseAddress address, Supplier<DatabaseLogin> login, Supplier<TimeLimit> limits) {
        this.address = address;
        this.login = login;
        this.limits = limits;
    }

    /// Runs `work` with a statement of one row, as [#run(int, Work)] does.
    public <T> T run(Work<T> work) throws SQLException {
        return run(1, work);
    }

    /// Runs `work` on the connection, and again on a new one if the connection turns out to be broken: `work` must
    /// be idempotent.
    ///
    /// Throws [SQLTimeoutException] when a statement on an open connection takes longer than so many rows may.
    ///
    /// @param rows how many rows a statement of `work` stores or reads
    public <T> T run(int rows, Work<T> work) throws SQLException {
        boolean fresh = connection == null;
        try {
            return done(work, open(rows));
        } catch (SQLException e) {
            if (isRefusal(e)) {
                throw e;
            }
            close();
            if (fresh || isTimeout(e)) {
                throw e; // a hanging server must not delay the caller by twice the limit
            }
            LOG.log(Level.INFO, "the connection broke, opening another: SQL state {0}", e.getSQLState());
            return done(work, open(rows));
        }
    }

    private static <T> T done(Work<T> work, Connection connection) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw isTimeout(e) ? new SQLTimeoutException("the statement took too long", e.getSQLState(), e) : e;
        }
    }

    /// The connection, with the time limit of so many rows for its next statements.
    private Connection open(int rows) throws SQLException {
        var limit = limits.get();
        if (connection == null) {
            connection = connected(limit.base());
            granted = limit.base();
        }
        var within = limits.get().of(rows);
        if (!granted.equals(within)) {
            DatabaseAddress.limit(connection, limit.base(), within);
            granted = within;
        }
        return connection;
    }

    /// A password that was changed after it was read is read again, once.
    private Connection connected(Duration limit) throws SQLException {
        var used = login.get();
        try {
            return opened(used, limit);
        } catch (SQLException e) {
            var current = isLoginRefused(e) ? login.get() : used;
            if (current.equals(used)) {
                throw e;
            }
            LOG.log(Level.INFO, "the login was refused, trying the one that the secret has now");
            return opened(current, limit);
        }
    }

    /// What it may take to open a connection is no limit for its statements.
    private Connection opened(DatabaseLogin by, Duration limit) throws SQLException {
        var opened = address.connections(by, limit, IDLE).getConnection();
        DatabaseAddress.waitFor(opened, limit);
        return opened;
    }

    /// Class 28, invalid authorization.
    private static boolean isLoginRefused(SQLException e) {
        return hasClass(e, "28");
    }

    /// Whether the server would refuse the same statement on another connection, too: because of its values, or
    /// because of class 42 (no such column, no privilege). All other errors (a full disk, a starting server, a
    /// password that is being changed) are temporary.
    static boolean isRefusal(SQLException e) {
        return isRefusalOfValues(e) || hasClass(e, "42");
    }

    /// Says for a message what became of a statement that failed.
    static String failure(SQLException e) {
        var what = isRefusal(e) ? "PostgreSQL refused the statement" : "PostgreSQL did not answer";
        return what + ", SQL state " + e.getSQLState();
    }

    /// Whether the values are at fault: classes 22 (data exception) and 23 (constraint violation) of
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html.
    static boolean isRefusalOfValues(SQLException e) {
        return (hasClass(e, "22") || hasClass(e, "23")) && !isRefusalOfPartition(e);
    }

    /// Whether the partition of a row was made while the statement waited for the default partition, which
    /// refuses the row then; the next attempt finds the new one. The code is that of a CHECK, but no constraint is
    /// named.
    private static boolean isRefusalOfPartition(SQLException e) {
        return PSQLState.CHECK_VIOLATION.getState().equals(e.getSQLState())
                && e instanceof PSQLException refused
                && refused.getServerErrorMessage() != null
                && refused.getServerErrorMessage().getConstraint() == null;
    }

    /// Whether another transaction held a lock for longer than the statement waits for one (55P03), or the two
    /// waited for each other (40P01).
    static boolean isLocked(SQLException e) {
        return "55P03".equals(e.getSQLState())
                || PSQLState.DEADLOCK_DETECTED.getState().equals(e.getSQLState());
    }

    private static boolean hasClass(SQLException e, String expected) {
        @Nullable String state = e.getSQLState();
        return state != null && state.startsWith(expected);
    }

    static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException
                || e.getCause() instanceof SocketTimeoutException
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

    /// A unit of work on a connection.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
