package vowcheck.adapters.postgres;

/// PostgreSQL answered and refused rows: a fault of the rows or of the schema, which a later attempt does not
/// mend.
public final class RowsRefused extends RuntimeException {

    public RowsRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
