package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

/// Reads stored requests.
final class RequestQuery {

    private static final String CLIENTS = "SELECT client FROM scoring_requests WHERE request_id = ? ORDER BY client";

    /// The request's columns are before the features.
    private static final int FIRST_OF_FEATURES = 10;

    private final FeatureSchema schema;
    private final String sql;

    RequestQuery(FeatureSchema schema) {
        this.schema = schema;
        // One statement sees request and rows as they are at one moment, also while something of it is being erased.
        // It counts the rows once, and the request's time says which partition has them.
        sql = """
                WITH request AS MATERIALIZED (
                    SELECT id, "timestamp", model_version, endpoint, purpose, manifest_sha256, instances,
                           (SELECT count(*) FROM predictions
                            WHERE scoring_request = requested.id AND "timestamp" = requested."timestamp") AS left_over
                    FROM scoring_requests AS requested WHERE request_id = ? AND client = ?
                )
                SELECT request."timestamp", model_version, endpoint, purpose, manifest_sha256, instances, left_over,
                       instance, divorce_probability, %s
                FROM request LEFT JOIN predictions AS logged
                    ON scoring_request = id AND logged."timestamp" = request."timestamp"
                       AND instance >= ? AND instance < ?
                ORDER BY instance
                """.formatted(String.join(
                ", ", FeatureColumns.list(schema.features()), LoanId.FIELD_NAME, RequestParameters.SHADOW_COLUMNS));
    }

    /// The clients that have a stored request with that id, in the order of their names.
    static List<ClientName> clients(Connection connection, RequestId requestId) throws SQLException {
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

    /// What is left of the `most` instances that begin with the instance `from`.
    Optional<LoggedRequest> read(Connection connection, ClientName client, RequestId requestId, int from, int most)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, requestId.value());
            select.setString(2, client.value());
            select.setInt(3, from);
            select.setLong(4, (long) from + most);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(logged(rows, client, requestId, from, most)) : Optional.empty();
            }
        }
    }

    /// The first row has the request, and without a single instance nothing else.
    private LoggedRequest logged(ResultSet rows, ClientName client, RequestId requestId, int from, int most)
            throws SQLException {
        var origin = new RequestOrigin(
                requestId,
                Endpoint.named(rows.getString("endpoint")),
                Purpose.named(rows.getString("purpose")),
                client);
        var answeredAt = rows.getObject("timestamp", OffsetDateTime.class).toInstant();
        var version = new ModelVersion(rows.getString("model_version"));
        byte @Nullable [] digest = rows.getBytes("manifest_sha256");
        int count = rows.getInt("instances");
        int erased = count - rows.getInt("left_over");
        var left = new TreeMap<Integer, ScoredApplication>();
        do {
            int instance = rows.getInt("instance");
            if (!rows.wasNull()) {
                left.put(instance, scored(rows));
            }
        } while (rows.next());
        var part = new ScoredRequest(
                origin,
                answeredAt,
                version,
                digest == null ? null : Sha256.ofDigest(digest),
                List.copyOf(left.values()));
        return new LoggedRequest(
                part, List.copyOf(left.keySet()), from, LoggedRequest.end(from, most, count), count, erased);
    }

    private ScoredApplication scored(ResultSet row) throws SQLException {
        @Nullable String loanId = row.getString(LoanId.FIELD_NAME);
        var submitted = new SubmittedApplication(application(row), loanId == null ? null : new LoanId(loanId));
        return new ScoredApplication(submitted, row.getDouble("divorce_probability"), shadow(row));
    }

    private static @Nullable ShadowScore shadow(ResultSet row) throws SQLException {
        @Nullable String version = row.getString("shadow_version");
        return version == null ? null : new ShadowScore(new ModelVersion(version), row.getDouble("shadow_probability"));
    }

    private Application application(ResultSet row) throws SQLException {
        var values = new float[schema.size()];
        for (int position = 0; position < values.length; position++) {
            float value = row.getFloat(FIRST_OF_FEATURES + position);
            values[position] = row.wasNull() ? Float.NaN : value;
        }
        return Application.of(schema, values);
    }
}
