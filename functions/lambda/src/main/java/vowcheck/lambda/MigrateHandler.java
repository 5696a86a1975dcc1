package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Set;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.postgres.MigrationLogins;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.observation.LogContext;

/// Migrates the database at each deployment, before the new code serves. Its event is ignored.
public final class MigrateHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = MigrationLogins.SETTINGS;

    private final MigrationLogins logins;

    /// For the Lambda runtime: wired from the environment.
    public MigrateHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)).migrationLogins());
    }

    private MigrateHandler(MigrationLogins logins) {
        this.logins = logins;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var outcome = logins.migrations().run(logins.roles());
            answer.write(new JsonObject()
                    .with("migrations_executed", outcome.migrationsExecuted())
                    .with("schema_version", outcome.schemaVersion())
                    .utf8());
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be migrated, SQL state " + e.getSQLState(), e);
        }
    }
}
