package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_DRIFT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_OWNER_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_SCORING_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_TRAINING_SECRET;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Set;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.observation.LogContext;

/// Migrates the database on each deploy, before the new code serves. Its event is ignored.
public final class MigrateHandler implements RequestStreamHandler {

    /// What the handler reads of its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAddress.SETTINGS,
            DATABASE_AUTHENTICATION,
            DATABASE_OWNER_SECRET,
            DATABASE_SCORING_SECRET,
            DATABASE_TRAINING_SECRET,
            DATABASE_DRIFT_SECRET,
            DATABASE_MLFLOW_SECRET);

    private final Wiring wiring;

    /// For the Lambda runtime: wired from the environment.
    public MigrateHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)));
    }

    MigrateHandler(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var outcome = wiring.migrations().run(wiring.databaseRoles());
            answer.write(new JsonObject()
                    .with("migrations_executed", outcome.migrationsExecuted())
                    .with("schema_version", outcome.schemaVersion())
                    .utf8());
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be migrated, SQL state " + e.getSQLState(), e);
        }
    }
}
