package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsRefused;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.StoringTooSlow;
import vowcheck.core.scoring.SubmittedApplication;

/// Writes a request with one statement: its row in `scoring_requests`, and one row for each application in
/// `predictions`, many of them as arrays. A feature that is missing is NULL.
public final class PostgresPredictionLog implements PredictionLog {

    private static final String HEAD = """
            SELECT id, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances
            FROM scoring_requests WHERE request_id = ? AND client = ?
            """;

    private static final String CLIENTS = "SELECT client FROM scoring_requests WHERE request_id = ? ORDER BY client";

    /// The first parameter of the rows; the parameters before it are the request's.
    private static final int FIRST_OF_ROWS = 9;

    private final Database database;
    private final FeatureSchema schema;
    private final String insertMany;

    /// The same where an application names its loan: for the others, sending and storing no id costs nothing.
    private final String insertManyWithLoans;

    /// The same for one row, which most requests have.
    private final String insertOne;

    private final String instances;

    /// @param schema the features that applications have; each is a column of `predictions`
    public PostgresPredictionLog(Database database, FeatureSchema schema) {
        this.database = database;
        this.schema = schema;
        var features = FeatureColumns.list(schema.features());
        var withLoan = features + ", " + LoanId.FIELD_NAME;
        var arrays = "unnest(?" + ", ?".repeat(schema.size());
        insertMany = insertFrom(arrays + ") WITH ORDINALITY", features);
        insertManyWithLoans = insertFrom(arrays + ", ?) WITH ORDINALITY", withLoan);
        insertOne = insertFrom("(VALUES (?::FLOAT8" + ", ?::FLOAT4".repeat(schema.size()) + ", ?::TEXT, 1))", withLoan);
        instances = """
                SELECT divorce_probability, %s FROM predictions
                WHERE scoring_request = ? AND "timestamp" = ? AND instance >= ? ORDER BY instance LIMIT ?
                """.formatted(withLoan);
    }

    private static String insertFrom(String rows, String columns) {
        return """
                WITH request AS (
                    INSERT INTO scoring_requests
                        (request_id, client, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances)
                    VALUES (?, ?, ?, ?, ?::scoring_endpoint, ?::scoring_purpose, ?, ?)
                    RETURNING id, "timestamp"
                )
                INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, %1$s)
                SELECT request.id, request."timestamp", scored.instance - 1, probability, %1$s
                FROM request CROSS JOIN %2$s AS scored (probability, %1$s, instance)
                """.formatted(columns, rows);
    }

    @Override
    public boolean append(ScoredRequest request) {
        int rows = request.scored().size();
        try {
            run(rows, connection -> insert(connection, request));
            return true;
        } catch (PredictionsUnavailable e) {
            if (rows > 1 && e.getCause() instanceof SQLTimeoutException cause) {
                throw new StoringTooSlow(rows, cause);
            }
            throw e;
        } catch (PredictionsRefused e) {
            // Duplicates are rare, and ON CONFLICT would make every batch a tenth slower.
            if (isUniqueViolation(e)) {
                return false; // of the client and the id
            }
            throw e;
        }
    }

    private static boolean isUniqueViolation(PredictionsRefused e) {
        return e.getCause() instanceof SQLException cause
                && PSQLState.UNIQUE_VIOLATION.getState().equals(cause.getSQLState());
    }

    @Override
    public Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most) {
        return run(most, connection -> read(connection, client, requestId, from, most));
    }

    @Override
    public List<ClientName> clients(RequestId requestId) {
        return run(1, connection -> clients(connection, requestId));
    }

    @Override
    public LoggedLoan ofLoan(LoanId loanId, int from, int most) {
        return run(most, connection -> LoanQuery.read(connection, loanId, from, most));
    }

    private <T> T run(int rows, Database.Work<T> work) {
        try {
            return database.run(rows, work);
        } catch (SQLException e) {
            if (Database.isRefusalOfValues(e)) {
                throw new PredictionsRefused("PostgreSQL refused the rows, SQL state " + e.getSQLState(), e);
            }
            // A revoked grant or a lost column, too: the rows wait until somebody has mended it.
            var what = Database.isRefusal(e) ? "PostgreSQL refused the statement" : "PostgreSQL is out of reach";
            throw new PredictionsUnavailable(what + ", SQL state " + e.getSQLState(), e);
        } catch (SecretUnavailable e) {
            throw new PredictionsUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private int insert(Connection connection, ScoredRequest request) throws SQLException {
        var scored = request.scored();
        boolean one = scored.size() == 1;
        boolean loans = scored.stream().anyMatch(application -> application.loanId() != null);
        try (var statement = connection.prepareStatement(one ? insertOne : loans ? insertManyWithLoans : insertMany)) {
            setRequest(statement, request);
            if (one) {
                setRow(statement, scored.getFirst());
            } else {
                setColumns(statement, scored, loans, connection.unwrap(PGConnection.class));
            }
            return statement.executeUpdate();
        }
    }

    private static void setRequest(PreparedStatement statement, ScoredRequest request) throws SQLException {
        var origin = request.origin();
        int parameter = 1;
        statement.setString(parameter++, origin.requestId().value());
        statement.setString(parameter++, origin.client().value());
        statement.setObject(parameter++, request.timestamp().atOffset(ZoneOffset.UTC));
        statement.setString(parameter++, request.modelVersion().value());
        statement.setString(parameter++, origin.endpoint().fieldValue());
        statement.setString(parameter++, origin.purpose().fieldValue());
        var manifestHash = request.manifestHash();
        if (manifestHash == null) {
            statement.setNull(parameter++, Types.BINARY);
        } else {
            statement.setBytes(parameter++, manifestHash.digest());
        }
        statement.setInt(parameter, request.scored().size());
    }

    private void setRow(PreparedStatement statement, ScoredApplication scored) throws SQLException {
        int parameter = FIRST_OF_ROWS;
        statement.setDouble(parameter++, scored.probability());
        for (var feature : schema.features()) {
            float value = scored.application().value(feature);
            if (Float.isNaN(value)) {
                statement.setNull(parameter++, Types.REAL);
            } else {
                statement.setFloat(parameter++, value);
            }
        }
        statement.setString(parameter, loanId(scored));
    }

    private static @Nullable String loanId(ScoredApplication scored) {
        var loanId = scored.loanId();
        return loanId == null ? null : loanId.value();
    }

    private void setColumns(
            PreparedStatement statement, List<ScoredApplication> scored, boolean loans, PGConnection arrays)
            throws SQLException {
        int parameter = FIRST_OF_ROWS;
        statement.setArray(parameter++, arrays.createArrayOf("float8", probabilities(scored)));
        for (var feature : schema.features()) {
            Object column = feature.mayBeMissing() ? columnWithNulls(scored, feature) : column(scored, feature);
            statement.setArray(parameter++, arrays.createArrayOf("float4", column));
        }
        if (loans) {
            Object ids = scored.stream().map(PostgresPredictionLog::loanId).toArray(String[]::new);
            statement.setArray(parameter, arrays.createArrayOf("text", ids));
        }
    }

    private static double[] probabilities(List<ScoredApplication> scored) {
        return scored.stream().mapToDouble(ScoredApplication::probability).toArray();
    }

    private static float[] column(List<ScoredApplication> scored, Feature feature) {
        var values = new float[scored.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scored.get(i).application().value(feature);
        }
        return values;
    }

    private static @Nullable Float[] columnWithNulls(List<ScoredApplication> scored, Feature feature) {
        return scored.stream()
                .map(ScoredApplication::application)
                .map(application -> application.has(feature) ? (Float) application.value(feature) : null)
                .toArray(Float[]::new);
    }

    private static List<ClientName> clients(Connection connection, RequestId requestId) throws SQLException {
        try (var select = connection.prepareStatement(CLIENTS)) {
            select.setString(1, requestId.value());
            var clients = new ArrayList<ClientName>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    clients.add(new ClientName(rows.getString(1)));
                }
            }
            return clients;
        }
    }

    private Optional<LoggedRequest> read(
            Connection connection, ClientName client, RequestId requestId, int from, int most) throws SQLException {
        try (var select = connection.prepareStatement(HEAD)) {
            select.setString(1, requestId.value());
            select.setString(2, client.value());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var origin = new RequestOrigin(
                        requestId,
                        Endpoint.named(row.getString("endpoint")),
                        Purpose.named(row.getString("purpose")),
                        client);
                var timestamp = row.getObject("timestamp", OffsetDateTime.class);
                var version = new ModelVersion(row.getString("model_version"));
                byte @Nullable [] digest = row.getBytes("manifest_sha256");
                var hash = digest == null ? null : Sha256.ofDigest(digest);
                var instances = instances(connection, row.getLong("id"), timestamp, from, most);
                return Optional.of(new LoggedRequest(
                        new ScoredRequest(origin, timestamp.toInstant(), version, hash, instances),
                        from,
                        row.getInt("instances")));
            }
        }
    }

    /// The time says which partition has the rows.
    private List<ScoredApplication> instances(
            Connection connection, long request, OffsetDateTime timestamp, int from, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(instances)) {
            select.setLong(1, request);
            select.setObject(2, timestamp);
            select.setInt(3, from);
            select.setInt(4, most);
            var scored = new ArrayList<ScoredApplication>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    scored.add(new ScoredApplication(submitted(rows), rows.getDouble(1)));
                }
            }
            return scored;
        }
    }

    private SubmittedApplication submitted(ResultSet row) throws SQLException {
        @Nullable String loanId = row.getString(LoanId.FIELD_NAME);
        return new SubmittedApplication(application(row), loanId == null ? null : new LoanId(loanId));
    }

    private Application application(ResultSet row) throws SQLException {
        var values = new float[schema.size()];
        for (int position = 0; position < values.length; position++) {
            float value = row.getFloat(position + 2);
            values[position] = row.wasNull() ? Float.NaN : value;
        }
        return Application.of(schema, values);
    }
}
