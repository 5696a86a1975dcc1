package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedPrediction;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;

/// Reads the stored predictions of a loan.
final class LoanQuery {

    private static final String COUNT = "SELECT count(*) FROM predictions WHERE loan_id = ?";

    /// Requests of the same time are told apart by their ids, so that pages do not overlap.
    private static final String PAGE = """
            SELECT request_id, client, endpoint, purpose, model_version, logged."timestamp", instance,
                   divorce_probability
            FROM predictions AS logged
            JOIN scoring_requests AS request
                ON request.id = logged.scoring_request AND request."timestamp" = logged."timestamp"
            WHERE loan_id = ?
            ORDER BY logged."timestamp" DESC, scoring_request DESC, instance
            LIMIT ? OFFSET ?
            """;

    private LoanQuery() {}

    /// At most `most` of them, the newest first, after the first `from`.
    static LoggedLoan read(Connection connection, LoanId loanId, int from, int most) throws SQLException {
        int count = count(connection, loanId);
        try (var select = connection.prepareStatement(PAGE)) {
            select.setString(1, loanId.value());
            select.setInt(2, most);
            select.setInt(3, from);
            var part = new ArrayList<LoggedPrediction>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    part.add(prediction(rows));
                }
            }
            return new LoggedLoan(part, from, count);
        }
    }

    private static int count(Connection connection, LoanId loanId) throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setString(1, loanId.value());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static LoggedPrediction prediction(ResultSet row) throws SQLException {
        var origin = new RequestOrigin(
                new RequestId(row.getString("request_id")),
                Endpoint.named(row.getString("endpoint")),
                Purpose.named(row.getString("purpose")),
                new ClientName(row.getString("client")));
        return new LoggedPrediction(
                origin,
                row.getInt("instance"),
                row.getObject("timestamp", OffsetDateTime.class).toInstant(),
                new ModelVersion(row.getString("model_version")),
                row.getDouble("divorce_probability"));
    }
}
