package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.workflow.DecisionsUnavailable;
import vowcheck.core.workflow.ModelDecision;
import vowcheck.core.workflow.ModelDecisions;

/// Keeps the record of decisions in `model_decisions`.
public final class PostgresModelDecisions implements ModelDecisions {

    private static final String BEGUN = """
            INSERT INTO model_decisions (decision_id, kind, decided_by, reason, from_version, from_manifest_sha256,
                                         to_version, to_manifest_sha256, begun_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (decision_id) DO NOTHING
            """;

    private static final String DONE =
            "UPDATE model_decisions SET done_at = ? WHERE decision_id = ? AND done_at IS NULL";

    private final Database database;

    /// @param database as the role `promotion`
    public PostgresModelDecisions(Database database) {
        this.database = database;
    }

    @Override
    public void begun(ModelDecision decision, Instant now) {
        run(connection -> {
            try (var statement = connection.prepareStatement(BEGUN)) {
                statement.setString(1, decision.id());
                statement.setString(2, decision.kind().fieldValue());
                statement.setString(3, decision.decidedBy());
                statement.setString(4, decision.reason());
                set(statement, 5, decision.from());
                set(statement, 7, decision.to());
                statement.setObject(9, now.atOffset(ZoneOffset.UTC));
                return statement.executeUpdate();
            }
        });
    }

    private static void set(PreparedStatement statement, int first, @Nullable ModelIdentity model) throws SQLException {
        statement.setString(first, model == null ? null : model.version().value());
        statement.setBytes(
                first + 1, model == null ? null : model.manifestHash().digest());
    }

    @Override
    public void done(ModelDecision decision, Instant now) {
        run(connection -> done(connection, decision, now));
    }

    private static int done(Connection connection, ModelDecision decision, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(DONE)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setString(2, decision.id());
            return statement.executeUpdate();
        }
    }

    private void run(Database.Work<Integer> work) {
        try {
            database.run(work);
        } catch (SQLException e) {
            throw new DecisionsUnavailable(Database.failure(e), e);
        } catch (SecretUnavailable e) {
            throw new DecisionsUnavailable("the secret of the database role cannot be read", e);
        }
    }
}
