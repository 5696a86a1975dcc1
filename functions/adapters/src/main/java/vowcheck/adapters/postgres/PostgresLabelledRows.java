package vowcheck.adapters.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.LabelledRowsTable;
import vowcheck.core.training.LabelledRowsUnavailable;

/// Reads `divorce_predictions` by `COPY` in PostgreSQL's binary format, straight into the columns of [LabelledRows].
/// The rows are counted before, in the same snapshot, so that the columns need not grow.
public final class PostgresLabelledRows implements LabelledRowsTable {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final String TABLE = "table divorce_predictions";

    private static final String ORIGIN = """
            SELECT obj_description('divorce_predictions'::regclass), count(*) FILTER (WHERE source = 'synthetic'),
                   count(*)
            FROM divorce_predictions
            """;

    /// In the table's comment, the words after this separator describe its synthetic rows.
    private static final String COMMENT_SEPARATOR = ";";

    private final Supplier<DataSource> source;
    private final FeatureSchema schema;
    private final String columns;

    /// @param source is asked at each reading, so that a changed password is picked up; its statements must be given
    ///     the time to read all rows
    /// @param schema the features that are read; each is a column of the table
    public PostgresLabelledRows(Supplier<DataSource> source, FeatureSchema schema) {
        this.source = source;
        this.schema = schema;
        columns = """
                %s, "Divorce" = 1, CASE WHEN isfinite("Date") THEN "Date" - DATE '1970-01-01' ELSE %d END, "index"\
                """.formatted(FeatureColumns.list(schema.features()), Integer.MIN_VALUE);
    }

    /// PostgreSQL's date `-infinity` becomes the earliest day that can be held.
    @Override
    public LabelledRows before(LocalDate cutoff) {
        // COPY takes no parameters; the only value is a number.
        var from = "FROM divorce_predictions WHERE \"Date\" < DATE '1970-01-01' + " + cutoff.toEpochDay();
        return reading(connection -> {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return Transaction.in(connection, () -> copied(connection, from));
        });
    }

    private LabelledRows copied(Connection connection, String from) throws SQLException {
        var copy =
                "COPY (SELECT %s %s ORDER BY \"Date\", \"index\") TO STDOUT (FORMAT binary)".formatted(columns, from);
        var rows = LabelledRows.builder(schema, count(connection, from));
        try (var stream = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy)) {
            var tuples = new BinaryTuples(new BufferedInputStream(stream, BUFFER_BYTES), schema.size() + 3);
            var values = new float[schema.size()];
            while (tuples.next()) {
                for (int feature = 0; feature < values.length; feature++) {
                    values[feature] = tuples.real();
                }
                rows.add(values, tuples.bool(), LocalDate.ofEpochDay(tuples.integer()), tuples.bigint());
            }
        } catch (IOException e) {
            // The driver wraps what the server answers.
            throw e.getCause() instanceof SQLException answered
                    ? answered
                    : new PSQLException("the copy of the rows was cut off", PSQLState.CONNECTION_FAILURE, e);
        }
        return rows.build();
    }

    private static int count(Connection connection, String from) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) " + from)) {
            row.next();
            return row.getInt(1);
        }
    }

    /// Rows are called synthetic by what each of them says; the table's comment describes a synthetic population.
    @Override
    public String origin() {
        return reading(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(ORIGIN)) {
                row.next();
                long synthetic = row.getLong(2);
                long all = row.getLong(3);
                if (synthetic == 0) {
                    return TABLE;
                }
                return synthetic == all
                        ? description(row.getString(1))
                        : String.format(Locale.ROOT, "%s, %,d of its %,d rows synthetic", TABLE, synthetic, all);
            }
        });
    }

    private static String description(@Nullable String comment) {
        int separator = comment == null ? -1 : comment.indexOf(COMMENT_SEPARATOR);
        return comment == null || separator < 0
                ? "synthetic rows"
                : comment.substring(separator + 1).strip();
    }

    private <T> T reading(Database.Work<T> work) {
        try (var connection = source.get().getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new LabelledRowsUnavailable(
                    "PostgreSQL did not give the labelled rows, SQL state " + e.getSQLState(), e);
        } catch (SecretUnavailable e) {
            throw new LabelledRowsUnavailable("the secret of the database role cannot be read", e);
        }
    }
}
