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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionErased;
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
            SELECT id, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances,
                   (SELECT count(*) FROM predictions
                    WHERE scoring_request = request.id AND "timestamp" = request."timestamp") AS left_over
            FROM scoring_requests AS request WHERE request_id = ? AND client = ?
            """;

    private static final String CLIENTS = "SELECT client FROM scoring_requests WHERE request_id = ? ORDER BY client";

    private static final String REQUEST_COLUMNS =
            "request_id, client, \"timestamp\", model_version, endpoint, purpose, manifest_sha256, instances";

    private static final String REQUEST_VALUES = "?, ?, ?, ?, ?::scoring_endpoint, ?::scoring_purpose, ?, ?";

    /// The first parameter of the rows; the parameters before it are the request's.
    private static final int FIRST_OF_ROWS = 9;

    private final Database database;
    private final FeatureSchema schema;
    private final Supplier<TombstoneKey> tombstones;
    private final Insert insertMany;

    /// The same where an application names its loan: for the others, sending and storing no id costs nothing.
    private final Insert insertManyWithLoans;

    /// The same for one row, which most requests have.
    private final Insert insertOne;

    /// The same for rows that come late, of which some may have been erased.
    private final String insertLate;

    private final String instances;

    /// @param schema the features that applications have; each is a column of `predictions`
    /// @param tombstones the key by which erased requests and loans are recognised
    public PostgresPredictionLog(Database database, FeatureSchema schema, Supplier<TombstoneKey> tombstones) {
        this.database = database;
        this.schema = schema;
        this.tombstones = tombstones;
        var features = FeatureColumns.list(schema.features());
        var withLoan = features + ", " + LoanId.FIELD_NAME;
        var arrays = "unnest(?" + ", ?".repeat(schema.size());
        insertMany = Insert.of(arrays + ") WITH ORDINALITY", features);
        insertManyWithLoans = Insert.of(arrays + ", ?) WITH ORDINALITY", withLoan);
        insertOne = Insert.of("(VALUES (?::FLOAT8" + ", ?::FLOAT4".repeat(schema.size()) + ", ?::TEXT, 1))", withLoan);
        insertLate = """
                WITH request AS (
                    INSERT INTO scoring_requests (%1$s) VALUES (%2$s)
                    ON CONFLICT (request_id, client) DO NOTHING
                    RETURNING id, "timestamp"
                )
                INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, %3$s)
                SELECT request.id, request."timestamp", scored.instance, probability, %3$s
                FROM request CROSS JOIN %4$s, ?, ?) AS scored (probability, %3$s, instance)
                """.formatted(REQUEST_COLUMNS, REQUEST_VALUES, withLoan, arrays);
        instances = """
                SELECT divorce_probability, %s, instance FROM predictions
                WHERE scoring_request = ? AND "timestamp" = ? AND instance >= ? AND instance < ? ORDER BY instance
                """.formatted(withLoan);
    }

    /// A statement that stores a request.
    ///
    /// @param unguarded for a request whose id no client can know before it is answered
    /// @param guarded stores nothing if the request was erased; one more parameter, before those of the rows, is
    ///     its tombstone
    private record Insert(String unguarded, String guarded) {

        private static final String UNLESS_ERASED = " WHERE NOT EXISTS (SELECT FROM erasure_tombstones WHERE hash = ?)";

        static Insert of(String rows, String columns) {
            return new Insert(
                    statement("VALUES (" + REQUEST_VALUES + ")", rows, columns),
                    statement("SELECT " + REQUEST_VALUES + UNLESS_ERASED, rows, columns));
        }

        private static String statement(String request, String rows, String columns) {
            return """
                    WITH request AS (INSERT INTO scoring_requests (%1$s) %2$s RETURNING id, "timestamp")
                    INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, %3$s)
                    SELECT request.id, request."timestamp", scored.instance - 1, probability, %3$s
                    FROM request CROSS JOIN %4$s AS scored (probability, %3$s, instance)
                    """.formatted(REQUEST_COLUMNS, request, columns, rows);
        }
    }

    @Override
    public boolean append(ScoredRequest request) {
        int rows = request.scored().size();
        int stored;
        try {
            stored = run(rows, connection -> insert(connection, request));
        } catch (PredictionsUnavailable e) {
            throw timed(e, rows);
        } catch (PredictionsRefused e) {
            // Duplicates are rare, and ON CONFLICT would make every batch a tenth slower.
            if (isUniqueViolation(e)) {
                return false; // of the client and the id
            }
            throw e;
        }
        if (stored == 0) {
            throw PredictionErased.repeated();
        }
        return true;
    }

    @Override
    public ScoredRequest appendLate(ScoredRequest request) {
        int rows = request.scored().size();
        try {
            return run(rows, connection -> Transaction.in(connection, () -> insertLate(connection, request)));
        } catch (PredictionsUnavailable e) {
            throw timed(e, rows);
        }
    }

    private static PredictionsUnavailable timed(PredictionsUnavailable e, int rows) {
        return rows > 1 && e.getCause() instanceof SQLTimeoutException cause ? new StoringTooSlow(rows, cause) : e;
    }

    @Override
    public boolean isErased(ClientName client, RequestId requestId) {
        return isBuried(key -> key.of(client, requestId));
    }

    @Override
    public boolean isErased(RequestId requestId) {
        return isBuried(key -> key.ofAnyone(requestId));
    }

    private boolean isBuried(Function<TombstoneKey, Sha256> tombstone) {
        return run(
                1,
                connection -> !Tombstones.among(connection, List.of(tombstone.apply(tombstones.get())))
                        .isEmpty());
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
            throw new PredictionsUnavailable("the secret of the database role or of the tombstones cannot be read", e);
        }
    }

    private int insert(Connection connection, ScoredRequest request) throws SQLException {
        var scored = request.scored();
        boolean one = scored.size() == 1;
        boolean loans = scored.stream().anyMatch(application -> application.loanId() != null);
        var insert = one ? insertOne : loans ? insertManyWithLoans : insertMany;
        boolean guarded = request.requestId().isChosenByClient();
        try (var statement = connection.prepareStatement(guarded ? insert.guarded() : insert.unguarded())) {
            setRequest(statement, request);
            int rows = FIRST_OF_ROWS;
            if (guarded) {
                statement.setBytes(rows++, tombstone(request).digest());
            }
            if (one) {
                setRow(statement, rows, scored.getFirst());
            } else {
                setColumns(statement, rows, scored, loans, connection.unwrap(PGConnection.class));
            }
            return statement.executeUpdate();
        }
    }

    private Sha256 tombstone(ScoredRequest request) {
        return tombstones.get().of(request.origin().client(), request.requestId());
    }

    private ScoredRequest insertLate(Connection connection, ScoredRequest request) throws SQLException {
        Tombstones.lockShared(connection);
        var left = unerased(connection, request);
        if (left.isEmpty()) {
            return request.part(List.of());
        }
        var instances = left.get();
        var kept = instances.stream().map(request.scored()::get).toList();
        try (var statement = connection.prepareStatement(insertLate)) {
            setRequest(statement, request);
            var arrays = connection.unwrap(PGConnection.class);
            int parameter = setColumns(statement, FIRST_OF_ROWS, kept, true, arrays);
            statement.setArray(parameter, arrays.createArrayOf("int4", instances.toArray(Integer[]::new)));
            statement.executeUpdate();
        }
        return request.part(kept);
    }

    /// The instances of a request that were not erased since it was answered; empty if the whole request was.
    private Optional<List<Integer>> unerased(Connection connection, ScoredRequest request) throws SQLException {
        var key = tombstones.get();
        var whole = tombstone(request);
        var loans = new HashMap<LoanId, Sha256>();
        for (var scored : request.scored()) {
            if (scored.loanId() != null) {
                loans.computeIfAbsent(scored.loanId(), key::of);
            }
        }
        var buried = Tombstones.among(
                connection,
                Stream.concat(Stream.of(whole), loans.values().stream()).toList());
        if (buried.containsKey(whole)) {
            return Optional.empty();
        }
        var unerased = new ArrayList<Integer>();
        for (int instance = 0; instance < request.scored().size(); instance++) {
            @Nullable LoanId loanId = request.scored().get(instance).loanId();
            var erasedAt = loanId == null ? null : buried.get(loans.get(loanId));
            if (erasedAt == null || erasedAt.isBefore(request.timestamp())) {
                unerased.add(instance);
            }
        }
        return Optional.of(unerased);
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

    private void setRow(PreparedStatement statement, int first, ScoredApplication scored) throws SQLException {
        int parameter = first;
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

    /// Returns the parameter after the columns.
    private int setColumns(
            PreparedStatement statement, int first, List<ScoredApplication> scored, boolean loans, PGConnection arrays)
            throws SQLException {
        int parameter = first;
        statement.setArray(parameter++, arrays.createArrayOf("float8", probabilities(scored)));
        var columns = columns(scored);
        for (int position = 0; position < columns.length; position++) {
            boolean mayBeMissing = schema.features().get(position).mayBeMissing();
            Object column = mayBeMissing ? withNulls(columns[position]) : columns[position];
            statement.setArray(parameter++, arrays.createArrayOf("float4", column));
        }
        if (loans) {
            Object ids = scored.stream().map(PostgresPredictionLog::loanId).toArray(String[]::new);
            statement.setArray(parameter++, arrays.createArrayOf("text", ids));
        }
        return parameter;
    }

    private static double[] probabilities(List<ScoredApplication> scored) {
        return scored.stream().mapToDouble(ScoredApplication::probability).toArray();
    }

    /// The applications' values by feature, NaN where one is missing.
    private float[][] columns(List<ScoredApplication> scored) {
        var columns = new float[schema.size()][scored.size()];
        for (int row = 0; row < scored.size(); row++) {
            float[] values = scored.get(row).application().values(schema);
            for (int position = 0; position < values.length; position++) {
                columns[position][row] = values[position];
            }
        }
        return columns;
    }

    private static @Nullable Float[] withNulls(float[] column) {
        var values = new @Nullable Float[column.length];
        for (int row = 0; row < column.length; row++) {
            values[row] = Float.isNaN(column[row]) ? null : (Float) column[row];
        }
        return values;
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
                int count = row.getInt("instances");
                int end = LoggedRequest.end(from, most, count);
                var left = instances(connection, row.getLong("id"), timestamp, from, end);
                var part = new ScoredRequest(origin, timestamp.toInstant(), version, hash, List.copyOf(left.values()));
                return Optional.of(new LoggedRequest(
                        part, List.copyOf(left.keySet()), from, end, count, count - row.getInt("left_over")));
            }
        }
    }

    /// The time says which partition has the rows.
    private SortedMap<Integer, ScoredApplication> instances(
            Connection connection, long request, OffsetDateTime timestamp, int from, int end) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(instances)) {
            select.setLong(1, request);
            select.setObject(2, timestamp);
            select.setInt(3, from);
            select.setInt(4, end);
            var scored = new TreeMap<Integer, ScoredApplication>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    scored.put(rows.getInt("instance"), new ScoredApplication(submitted(rows), rows.getDouble(1)));
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
