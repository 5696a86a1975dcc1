package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.ScoredRequest;

/// Stores a request that was answered some time ago, without what was erased since. Its rows have gaps then, so each
/// says which instance it is.
final class LateInsert {

    private final RequestParameters parameters;
    private final Supplier<TombstoneKey> tombstones;
    private final String sql;

    LateInsert(FeatureSchema schema, Supplier<TombstoneKey> tombstones) {
        parameters = new RequestParameters(schema);
        this.tombstones = tombstones;
        sql = """
                WITH request AS (
                    INSERT INTO scoring_requests (%1$s) VALUES (%2$s)
                    ON CONFLICT (request_id, client) DO NOTHING
                    RETURNING id, "timestamp"
                )
                INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, %3$s)
                SELECT request.id, request."timestamp", scored.instance, probability, %3$s
                FROM request CROSS JOIN unnest(?%4$s, ?, ?, ?, ?) AS scored (probability, %3$s, instance)
                """.formatted(
                        RequestParameters.COLUMNS,
                        RequestParameters.VALUES,
                        String.join(
                                ", ",
                                FeatureColumns.list(schema.features()),
                                LoanId.FIELD_NAME,
                                RequestParameters.SHADOW_COLUMNS),
                        ", ?".repeat(schema.size()));
    }

    /// Returns the request with the applications that were not erased, also where it was stored already. Must run in
    /// a transaction.
    ScoredRequest store(Connection connection, ScoredRequest request) throws SQLException {
        Tombstones.lockShared(connection);
        var left = unerased(connection, request);
        if (left.isEmpty()) {
            return request.part(List.of());
        }
        var instances = left.get();
        var kept = instances.stream().map(request.scored()::get).toList();
        try (var statement = connection.prepareStatement(sql)) {
            RequestParameters.setRequest(statement, request);
            var arrays = connection.unwrap(PGConnection.class);
            int parameter = parameters.setColumns(statement, RequestParameters.FIRST_OF_ROWS, kept, true, true, arrays);
            statement.setArray(parameter, arrays.createArrayOf("int4", instances.toArray(Integer[]::new)));
            statement.executeUpdate();
        }
        return request.part(kept);
    }

    /// The instances of a request that were not erased since it was answered; empty if the whole request was.
    private Optional<List<Integer>> unerased(Connection connection, ScoredRequest request) throws SQLException {
        var key = tombstones.get();
        var whole = key.of(request.origin().client(), request.requestId());
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
}
