package vowcheck.training.population;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import vowcheck.adapters.postgres.FeatureColumns;
import vowcheck.core.training.LabelledRows;

/// Loads a synthetic population into the empty table `divorce_predictions`, by COPY, in one transaction.
public final class PopulationLoader {

    private static final int ROWS_A_CHUNK = 10_000;

    /// What the column `source` says of each row.
    private static final String SOURCE = "synthetic";

    private final Connection connection;
    private final LongConsumer progress;

    /// @param connection of the table's owner, because only the owner may set a table's comment; its
    ///     transaction mode is restored
    /// @param progress receives the number of rows sent so far, every 10,000 rows
    public PopulationLoader(Connection connection, LongConsumer progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /// Generates the population of a seed and loads it, all rows or none. A table that already holds rows is not
    /// changed.
    public PopulationLoad load(long seed) throws SQLException, IOException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            var result = loadIfEmpty(seed);
            connection.commit();
            return result;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private PopulationLoad loadIfEmpty(long seed) throws SQLException, IOException {
        execute("LOCK TABLE divorce_predictions IN SHARE ROW EXCLUSIVE MODE");
        if (holdsRows()) {
            return new PopulationLoad.AlreadyFilled();
        }
        var rows = SyntheticPopulation.rows(seed);
        copy(rows);
        var description = "one row is one labelled applicant; %s, %d rows"
                .formatted(SyntheticPopulation.origin(seed), rows.size());
        // COMMENT takes no parameters, so the driver quotes the text.
        execute("COMMENT ON TABLE divorce_predictions IS '%s'"
                .formatted(connection.unwrap(PGConnection.class).escapeLiteral(description)));
        execute("ANALYZE divorce_predictions");
        return new PopulationLoad.Loaded(rows.size(), SyntheticPopulation.origin(seed));
    }

    private boolean holdsRows() throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT EXISTS (SELECT FROM divorce_predictions)")) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void copy(LabelledRows rows) throws SQLException, IOException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY divorce_predictions (\"index\", %s, \"Divorce\", \"Date\", source) FROM STDIN"
                        .formatted(FeatureColumns.list(rows.schema().features())));
        try {
            var chunk = new StringBuilder();
            for (int row = 0; row < rows.size(); row++) {
                append(chunk, rows, row);
                if ((row + 1) % ROWS_A_CHUNK == 0 || row + 1 == rows.size()) {
                    var bytes = chunk.toString().getBytes(StandardCharsets.US_ASCII);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    chunk.setLength(0);
                    progress.accept(row + 1L);
                }
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void append(StringBuilder chunk, LabelledRows rows, int row) {
        chunk.append(rows.index(row));
        for (var feature : rows.schema().features()) {
            chunk.append('\t').append(rows.value(row, feature));
        }
        chunk.append('\t').append(rows.divorced(row) ? 1 : 0);
        chunk.append('\t').append(rows.date(row));
        chunk.append('\t').append(SOURCE).append('\n');
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
