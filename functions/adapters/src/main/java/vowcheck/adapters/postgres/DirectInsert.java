package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.ScoredRequest;

/// Stores a request that is being answered, with one statement. One row, which most requests have, needs no arrays;
/// and where no application names its loan, sending and storing no id costs nothing. The same holds for the shadow.
final class DirectInsert {

    private final RequestParameters parameters;
    private final Supplier<TombstoneKey> tombstones;
    private final Sql one;
    private final Sql oneWithShadow;
    private final Sql many;
    private final Sql manyWithLoans;
    private final Sql manyWithShadow;

    DirectInsert(FeatureSchema schema, Supplier<TombstoneKey> tombstones) {
        parameters = new RequestParameters(schema);
        this.tombstones = tombstones;
        var features = FeatureColumns.list(schema.features());
        var withLoan = features + ", " + LoanId.FIELD_NAME;
        var withShadow = withLoan + ", " + RequestParameters.SHADOW_COLUMNS;
        one = Sql.of(withLoan, row(schema.size(), ""));
        oneWithShadow = Sql.of(withShadow, row(schema.size(), ", ?::TEXT, ?::FLOAT8"));
        many = Sql.of(features, rows(features, schema.size()));
        manyWithLoans = Sql.of(withLoan, rows(withLoan, schema.size() + 1));
        manyWithShadow = Sql.of(withShadow, rows(withShadow, schema.size() + 3));
    }

    private static String row(int features, String more) {
        return "SELECT id, \"timestamp\", 0, ?::FLOAT8, %s?::TEXT%s FROM request"
                .formatted("?::FLOAT4, ".repeat(features), more);
    }

    private static String rows(String columns, int count) {
        return """
                SELECT id, "timestamp", instance - 1, probability, %1$s
                FROM request CROSS JOIN unnest(?%2$s) WITH ORDINALITY AS scored (probability, %1$s, instance)
                """.formatted(columns, ", ?".repeat(count));
    }

    /// A statement that stores a request.
    ///
    /// @param unguarded for a request whose id no client can know before it is answered
    /// @param guarded stores nothing if the request was erased; one more parameter, before those of the rows, is
    ///     its tombstone
    private record Sql(String unguarded, String guarded) {

        private static final String UNLESS_ERASED = " WHERE NOT EXISTS (SELECT FROM erasure_tombstones WHERE hash = ?)";

        static Sql of(String columns, String rows) {
            return new Sql(
                    statement("VALUES (" + RequestParameters.VALUES + ")", columns, rows),
                    statement("SELECT " + RequestParameters.VALUES + UNLESS_ERASED, columns, rows));
        }

        private static String statement(String request, String columns, String rows) {
            return """
                    WITH request AS (INSERT INTO scoring_requests (%s) %s RETURNING id, "timestamp")
                    INSERT INTO predictions (scoring_request, "timestamp", instance, divorce_probability, %s)
                    %s
                    """.formatted(RequestParameters.COLUMNS, request, columns, rows);
        }
    }

    /// Returns how many rows are stored: none if the request's client chose the id and the request was erased.
    int store(Connection connection, ScoredRequest request) throws SQLException {
        var scored = request.scored();
        boolean single = scored.size() == 1;
        boolean shadow = RequestParameters.hasShadow(request);
        boolean loans = shadow || scored.stream().anyMatch(application -> application.loanId() != null);
        var sql = single ? (shadow ? oneWithShadow : one) : shadow ? manyWithShadow : loans ? manyWithLoans : many;
        boolean guarded = request.requestId().isChosenByClient();
        try (var statement = connection.prepareStatement(guarded ? sql.guarded() : sql.unguarded())) {
            RequestParameters.setRequest(statement, request);
            int rows = RequestParameters.FIRST_OF_ROWS;
            if (guarded) {
                var tombstone = tombstones.get().of(request.origin().client(), request.requestId());
                statement.setBytes(rows++, tombstone.digest());
            }
            if (single) {
                parameters.setRow(statement, rows, scored.getFirst(), shadow);
            } else {
                parameters.setColumns(statement, rows, scored, loans, shadow, connection.unwrap(PGConnection.class));
            }
            return statement.executeUpdate();
        }
    }
}
