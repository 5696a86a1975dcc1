package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportOrder;
import vowcheck.core.export.ExportRange;
import vowcheck.core.export.ExportRecords;
import vowcheck.core.export.ExportUnavailable;
import vowcheck.core.export.ExportedRows;
import vowcheck.core.features.FeatureSchema;

/// Reads `prediction_logs` as CSV, row by row as the server sends them, and keeps the record of exports in
/// `prediction_exports`.
public final class PostgresExport implements ExportedRows, ExportRecords {

    private static final String BEGUN = """
            INSERT INTO prediction_exports (export_id, requested_by, reason, first_day, last_day, begun_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (export_id) DO NOTHING
            """;

    private static final String ENDED = "UPDATE prediction_exports SET row_count = ?, ended_at = ? WHERE export_id = ?";

    /// However many there are: reading them has the longest limit of the database.
    private static final int ALL_ROWS = Integer.MAX_VALUE;

    private final Database database;
    private final FeatureSchema schema;
    private final Duration longest;

    /// @param database as the role `audit`
    /// @param schema the features, each of which is a column
    /// @param longest the longest limit of `database`, which is that for reading the rows
    public PostgresExport(Database database, FeatureSchema schema, Duration longest) {
        this.database = database;
        this.schema = schema;
        this.longest = longest;
    }

    @Override
    public void begun(ExportOrder order, Instant now) {
        run(1, connection -> {
            try (var statement = connection.prepareStatement(BEGUN)) {
                statement.setString(1, order.id().value());
                statement.setString(2, order.requestedBy());
                statement.setString(3, order.reason().orElse(null));
                statement.setObject(4, order.range().from());
                statement.setObject(5, order.range().to());
                statement.setObject(6, now.atOffset(ZoneOffset.UTC));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void ended(ExportId id, long rows, Instant now) {
        run(1, connection -> {
            try (var statement = connection.prepareStatement(ENDED)) {
                statement.setLong(1, rows);
                statement.setObject(2, now.atOffset(ZoneOffset.UTC));
                statement.setString(3, id.value());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public long read(ExportRange range, Consumer<byte[]> csv) {
        boolean complete = false;
        try {
            long rows = run(ALL_ROWS, connection -> copied(connection, copy(range), csv));
            complete = true;
            return rows;
        } finally {
            if (!complete) {
                database.close(); // a connection that still copies can do nothing else
            }
        }
    }

    private long copied(Connection connection, String sql, Consumer<byte[]> csv) {
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
            for (var bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                csv.accept(bytes);
            }
            return copy.getHandledRowCount();
        } catch (SQLException e) {
            // Not thrown on: on a new connection, all rows would be read once more.
            throw Database.isTimeout(e) ? tooLong(e) : unavailable(e);
        }
    }

    private ExportUnavailable tooLong(SQLException e) {
        return new ExportUnavailable(
                "reading took longer than %d minutes: export fewer days at a time"
                        .formatted(DatabaseAddress.statementLimit(longest).toMinutes()),
                e);
    }

    /// COPY takes no parameters; the days are dates, so they cannot contain anything else.
    private String copy(ExportRange range) {
        return """
                COPY (
                    SELECT %1$s, %2$s, to_char("timestamp" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "timestamp",
                           %3$s, encode(manifest_sha256, 'hex') AS manifest_sha256, endpoint, purpose, instance, %4$s,
                           divorce_probability, %5$s, shadow_version, shadow_probability
                    FROM prediction_logs
                    WHERE "timestamp" >= '%6$s 00:00:00+00' AND "timestamp" < '%7$s 00:00:00+00'
                ) TO STDOUT WITH (FORMAT csv, HEADER, ENCODING 'UTF8')
                """.formatted(
                        inert("request_id"),
                        inert("client"),
                        inert("model_version"),
                        inert("loan_id"),
                        FeatureColumns.list(schema.features()),
                        range.from(),
                        range.to().plusDays(1));
    }

    /// A text that a spreadsheet would take for a formula begins with an apostrophe, which no such text has
    /// itself.
    private static String inert(String column) {
        return "regexp_replace(%1$s, '^([=+@-])', '''\\1') AS %1$s".formatted(column);
    }

    private <T> T run(int rows, Database.Work<T> work) {
        try {
            return database.run(rows, work);
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (SecretUnavailable e) {
            throw new ExportUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private static ExportUnavailable unavailable(SQLException e) {
        return new ExportUnavailable(Database.failure(e), e);
    }
}
