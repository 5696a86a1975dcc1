package vowcheck.adapters.postgres;

import static vowcheck.adapters.settings.Setting.DATABASE_HOST;
import static vowcheck.adapters.settings.Setting.DATABASE_NAME;
import static vowcheck.adapters.settings.Setting.DATABASE_PORT;
import static vowcheck.adapters.settings.Setting.DATABASE_ROOT_CERTIFICATES;
import static vowcheck.adapters.settings.Setting.DATABASE_SSL_MODE;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;

/// Where the database is, and how the connection to it is secured.
///
/// @param rootCertificates file in PEM with the certificates of the authorities that may sign the server's, if the
///     mode verifies it
public record DatabaseAddress(String host, int port, String name, SslMode sslMode, String rootCertificates) {

    /// No limit for opening a connection is shorter. A login by IAM token on a small server may take more than a
    /// second, as may the first one after a failover, and is no outage.
    public static final Duration CONNECTING = Duration.ofSeconds(3);

    /// The settings that [#from] reads.
    public static final Set<Setting> SETTINGS =
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_SSL_MODE, DATABASE_ROOT_CERTIFICATES);

    /// An address on this machine, where TLS is not needed.
    public static DatabaseAddress withoutTls(String host, int port, String name) {
        return new DatabaseAddress(host, port, name, SslMode.DISABLE, "");
    }

    /// The address that a function's settings give.
    public static DatabaseAddress from(Settings settings) {
        return new DatabaseAddress(
                settings.text(DATABASE_HOST),
                settings.port(DATABASE_PORT),
                settings.text(DATABASE_NAME),
                SslMode.named(settings.text(DATABASE_SSL_MODE)),
                settings.text(DATABASE_ROOT_CERTIFICATES));
    }

    /// A source of connections as `login`, each opened within `limit` or [#CONNECTING], whichever is longer. The
    /// server ends each statement within `limit`.
    public DataSource connections(DatabaseLogin login, Duration limit) {
        return source(login, limit);
    }

    /// As [#connections(DatabaseLogin, Duration)]; but the server closes a connection that is not used for `idle`,
    /// except within a transaction.
    DataSource connections(DatabaseLogin login, Duration limit, Duration idle) {
        var source = source(login, limit);
        source.setOptions(source.getOptions() + " -c idle_session_timeout=" + idle.toMillis());
        return source;
    }

    private PGSimpleDataSource source(DatabaseLogin login, Duration limit) {
        var opening = limit.compareTo(CONNECTING) < 0 ? CONNECTING : limit;
        int seconds = Math.toIntExact(opening.toSeconds());
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(login.username());
        source.setPassword(login.password());
        source.setSslMode(sslMode.libpqName());
        source.setSslRootCert(rootCertificates);
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setTcpKeepAlive(true);
        source.setOptions("-c statement_timeout=" + statementLimit(limit).toMillis());
        source.setApplicationName("vowcheck");
        // The details of server errors may contain a row's values.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /// Gives the next statements of an open connection another limit.
    ///
    /// @param change the limit for doing so
    static void limit(Connection connection, Duration change, Duration limit) throws SQLException {
        waitFor(connection, change);
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + statementLimit(limit).toMillis());
        }
        waitFor(connection, limit);
    }

    /// Waits for each answer of an open connection no longer than this. It is lost then.
    static void waitFor(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    }

    /// Shorter than the socket timeout: the server cancels a statement before the client stops waiting for it.
    static Duration statementLimit(Duration limit) {
        return limit.multipliedBy(9).dividedBy(10);
    }
}
