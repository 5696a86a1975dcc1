package vowcheck.adapters.postgres;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postgresql.util.PSQLState;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionErased;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsRefused;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.StoringTooSlow;

/// The permanent store of predictions: a row in `scoring_requests` for each request, and one in `predictions` for each
/// of its applications. A feature that is missing is NULL.
public final class PostgresPredictionLog implements PredictionLog {

    private final Database database;
    private final Supplier<TombstoneKey> tombstones;
    private final DirectInsert direct;
    private final LateInsert late;
    private final RequestQuery requests;

    /// @param schema the features that applications have; each is a column of `predictions`
    /// @param tombstones the key by which erased requests and loans are recognised
    public PostgresPredictionLog(Database database, FeatureSchema schema, Supplier<TombstoneKey> tombstones) {
        this.database = database;
        this.tombstones = tombstones;
        direct = new DirectInsert(schema, tombstones);
        late = new LateInsert(schema, tombstones);
        requests = new RequestQuery(schema);
    }

    @Override
    public boolean append(ScoredRequest request) {
        int rows = request.scored().size();
        int stored;
        try {
            stored = run(rows, connection -> direct.store(connection, request));
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
            return run(rows, connection -> Transaction.in(connection, () -> late.store(connection, request)));
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
        return run(most, connection -> requests.read(connection, client, requestId, from, most));
    }

    @Override
    public List<ClientName> clients(RequestId requestId) {
        return run(1, connection -> RequestQuery.clients(connection, requestId));
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
}
