package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/// Several statements that take effect together or not at all.
final class Transaction {

    private Transaction() {}

    /// What the statements of a transaction do.
    @FunctionalInterface
    interface Statements<T> {
        T run() throws SQLException;
    }

    /// Runs the statements and commits them; rolls them back where one of them fails.
    static <T> T in(Connection connection, Statements<T> statements) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            var result = statements.run();
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!committed && !connection.isClosed()) {
                connection.rollback();
            }
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }
}
