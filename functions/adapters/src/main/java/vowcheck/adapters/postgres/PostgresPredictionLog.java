package vowcheck.adapters.postgres;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.PGConnection;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.features.Feature;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsNotStored;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// Writes a request's rows into `prediction_logs` with one statement, columns as arrays; the JSONB is built by
/// the server from the typed columns, so the two cannot differ.
public final class PostgresPredictionLog implements PredictionLog {

    private static final String COLUMNS =
            Feature.ALL.stream().map(PostgresPredictionLog::quoted).collect(joining(", "));

    private static final String INSERT = """
            INSERT INTO prediction_logs
                (request_id, instance, "timestamp", model_version, divorce_probability, features, endpoint, %1$s)
            SELECT ?, instance - 1, ?, ?, probability, jsonb_build_object(%2$s), ?, %1$s
            FROM unnest(?%3$s) WITH ORDINALITY AS scored (probability, %1$s, instance)
            ON CONFLICT (request_id, instance) DO NOTHING
            """.formatted(
                    COLUMNS,
                    Feature.ALL.stream()
                            .map(feature -> "'" + feature.fieldName() + "', " + quoted(feature))
                            .collect(joining(", ")),
                    ", ?".repeat(Feature.ALL.size()));

    private final Database database;

    public PostgresPredictionLog(Database database) {
        this.database = database;
    }

    /// {@inheritDoc}
    ///
    /// Throws [RowsRefused] when PostgreSQL answers but refuses the rows: repeating cannot help then.
    @Override
    public void append(ScoredRequest request) {
        try {
            database.run(connection -> insert(connection, request));
        } catch (SQLException e) {
            if (Database.isRefusal(e)) {
                throw new RowsRefused("PostgreSQL refused the rows, SQL state " + e.getSQLState(), e);
            }
            throw new PredictionsNotStored("PostgreSQL is out of reach, SQL state " + e.getSQLState(), e);
        } catch (SecretUnavailable e) {
            throw new PredictionsNotStored("the secret of the database role cannot be read", e);
        }
    }

    private static int insert(Connection connection, ScoredRequest request) throws SQLException {
        var arrays = connection.unwrap(PGConnection.class);
        var applications = request.applications();
        try (var statement = connection.prepareStatement(INSERT)) {
            int parameter = 1;
            statement.setString(parameter++, request.requestId().value());
            statement.setObject(parameter++, request.timestamp().atOffset(ZoneOffset.UTC));
            statement.setString(parameter++, request.modelVersion().value());
            statement.setString(parameter++, request.endpoint().fieldValue());
            statement.setArray(parameter++, arrays.createArrayOf("float8", probabilities(applications)));
            for (var feature : Feature.ALL) {
                statement.setArray(parameter++, arrays.createArrayOf("float4", column(applications, feature)));
            }
            return statement.executeUpdate();
        }
    }

    private static double[] probabilities(List<ScoredApplication> applications) {
        return applications.stream().mapToDouble(ScoredApplication::probability).toArray();
    }

    private static float[] column(List<ScoredApplication> applications, Feature feature) {
        var values = new float[applications.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = applications.get(i).application().value(feature);
        }
        return values;
    }

    private static String quoted(Feature feature) {
        return '"' + feature.fieldName() + '"';
    }
}
