package vowcheck.adapters.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// PostgreSQL answered and refused rows: a fault of the rows or of the schema, which a later attempt does not
/// mend.
public final class RowsRefused extends RuntimeException {

    private final @Nullable String sqlState;

    RowsRefused(SQLException cause) {
        super("PostgreSQL refused the rows, SQL state " + cause.getSQLState(), cause);
        sqlState = cause.getSQLState();
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }
}
