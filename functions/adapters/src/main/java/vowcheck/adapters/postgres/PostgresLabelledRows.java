package vowcheck.adapters.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.LabelledRowsTable;
import vowcheck.core.training.LabelledRowsUnavailable;

/// Reads `divorce_predictions` with a cursor, so that at most one portion of it is in memory beside the arrays that
/// the rows are collected in.
public final class PostgresLabelledRows implements LabelledRowsTable {

    private static final int ROWS_A_PORTION = 10_000;

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
    private final String select;

    /// @param source is asked at each reading, so that a changed password is picked up
    /// @param schema the features that are read; each is a column of the table
    public PostgresLabelledRows(Supplier<DataSource> source, FeatureSchema schema) {
        this.source = source;
        this.schema = schema;
        select = """
                SELECT %s, "Divorce", CASE WHEN isfinite("Date") THEN "Date" - DATE '1970-01-01' ELSE %d END, "index"
                FROM divorce_predictions WHERE "Date" < ? ORDER BY "Date", "index"
                """.formatted(FeatureColumns.list(schema.features()), Integer.MIN_VALUE);
    }

    /// PostgreSQL's date `-infinity` becomes the earliest day that can be held.
    @Override
    public LabelledRows before(LocalDate cutoff) {
        return reading(connection -> {
            connection.setReadOnly(true);
            // The driver uses a cursor only within a transaction; a single statement sees one snapshot.
            return Transaction.in(connection, () -> {
                try (var statement = connection.prepareStatement(select)) {
                    statement.setFetchSize(ROWS_A_PORTION);
                    statement.setObject(1, cutoff);
                    try (var rows = statement.executeQuery()) {
                        return collected(rows);
                    }
                }
            });
        });
    }

    private LabelledRows collected(ResultSet rows) throws SQLException {
        var collected = LabelledRows.builder(schema);
        int features = schema.size();
        var values = new float[features];
        while (rows.next()) {
            for (int feature = 0; feature < features; feature++) {
                float value = rows.getFloat(feature + 1);
                values[feature] = rows.wasNull() ? Float.NaN : value;
            }
            collected.add(
                    values,
                    rows.getInt(features + 1) == 1,
                    LocalDate.ofEpochDay(rows.getInt(features + 2)),
                    rows.getLong(features + 3));
        }
        return collected.build();
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
