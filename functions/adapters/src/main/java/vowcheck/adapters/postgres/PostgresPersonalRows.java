package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.ErasedCounts;
import vowcheck.core.erasure.ErasureOrder;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.erasure.PersonalRows;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;

/// Erases rows as the role `erasure`, the only one that may delete them. It may read what finds them, and no
/// feature and no probability.
public final class PostgresPersonalRows implements PersonalRows {

    private static final String BURY = """
            INSERT INTO erasure_tombstones (hash, erased_at, kept_until) VALUES (?, ?, ?)
            ON CONFLICT (hash) DO UPDATE SET erased_at = EXCLUDED.erased_at, kept_until = EXCLUDED.kept_until
            WHERE erasure_tombstones.erased_at < EXCLUDED.erased_at
            """;

    private static final String FORGET = "DELETE FROM erasure_tombstones WHERE kept_until < ?";

    private static final String PREDICTIONS_OF_LOAN = "DELETE FROM predictions WHERE loan_id = ?";

    private static final String LABELLED_ROWS_OF_LOAN = "DELETE FROM divorce_predictions WHERE loan_id = ?";

    private static final String PREDICTIONS_OF_REQUEST = """
            DELETE FROM predictions USING scoring_requests AS request
            WHERE request.request_id = ? AND request.client = ?
              AND predictions.scoring_request = request.id AND predictions."timestamp" = request."timestamp"
            """;

    private static final String REQUEST = "DELETE FROM scoring_requests WHERE request_id = ? AND client = ?";

    private static final String RECORD = """
            INSERT INTO erasures
                (erased_at, erased_by, subject, reason, predictions, scoring_requests, labelled_rows, unlogged_objects)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;
    private final Supplier<TombstoneKey> key;
    private final CopiesLifetime copies;

    /// @param database for the role `erasure`
    /// @param copies how long a tombstone is needed
    public PostgresPersonalRows(Database database, Supplier<TombstoneKey> key, CopiesLifetime copies) {
        this.database = database;
        this.key = key;
        this.copies = copies;
    }

    @Override
    public void bury(ErasureSubject subject, Instant erasedAt) {
        run(connection -> {
            var keptUntil = copies.lastTombstone(subject, erasedAt);
            int buried = 0;
            for (var tombstone : key.get().all(subject)) {
                buried += update(
                        connection,
                        BURY,
                        tombstone.digest(),
                        erasedAt.atOffset(ZoneOffset.UTC),
                        keptUntil.atOffset(ZoneOffset.UTC));
            }
            return buried;
        });
    }

    @Override
    public ErasedCounts erase(ErasureOrder order, Instant erasedAt, long unloggedObjects) {
        return run(connection -> Transaction.in(connection, () -> {
            Tombstones.lock(connection);
            lockPartitions(connection);
            var counts = switch (order.subject()) {
                case ErasureSubject.OfLoan(var loanId) -> ofLoan(connection, loanId, unloggedObjects);
                case ErasureSubject.OfRequest(var client, var requestId) ->
                    ofRequest(connection, client, requestId, unloggedObjects);
            };
            record(connection, order, erasedAt, counts);
            update(connection, FORGET, erasedAt.atOffset(ZoneOffset.UTC));
            return counts;
        }));
    }

    /// Keeps rows in their partitions until the end of the transaction. A statement knows the partitions of when
    /// it was planned: rows that the retention moves into a new one, while the statement waits for the former one,
    /// would stay.
    private static void lockPartitions(Connection connection) throws SQLException {
        update(connection, "LOCK TABLE predictions IN ROW EXCLUSIVE MODE");
    }

    private static ErasedCounts ofLoan(Connection connection, LoanId loanId, long unloggedObjects) throws SQLException {
        return new ErasedCounts(
                update(connection, PREDICTIONS_OF_LOAN, loanId.value()),
                0,
                update(connection, LABELLED_ROWS_OF_LOAN, loanId.value()),
                unloggedObjects);
    }

    private static ErasedCounts ofRequest(
            Connection connection, ClientName client, RequestId requestId, long unloggedObjects) throws SQLException {
        int predictions = update(connection, PREDICTIONS_OF_REQUEST, requestId.value(), client.value());
        return new ErasedCounts(
                predictions, update(connection, REQUEST, requestId.value(), client.value()), 0, unloggedObjects);
    }

    private static void record(Connection connection, ErasureOrder order, Instant erasedAt, ErasedCounts counts)
            throws SQLException {
        update(
                connection,
                RECORD,
                erasedAt.atOffset(ZoneOffset.UTC),
                order.operator(),
                order.subject().fieldValue(),
                order.reason().text(),
                counts.predictions(),
                counts.scoringRequests(),
                counts.labelledRows(),
                counts.unloggedObjects());
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    private <T> T run(Database.Work<T> work) {
        try {
            return database.run(work);
        } catch (SQLException e) {
            throw new PredictionsUnavailable("PostgreSQL did not erase, SQL state " + e.getSQLState(), e);
        } catch (SecretUnavailable e) {
            throw new PredictionsUnavailable("a secret of the erasure cannot be read", e);
        }
    }
}
