package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.observation.LogContext;

/// Migrates the database on each deploy, before the new code serves. Its event is ignored.
public final class MigrateHandler implements RequestStreamHandler {

    private final Wiring wiring;

    /// For the Lambda runtime: wired from the environment.
    public MigrateHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    MigrateHandler(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var outcome = wiring.migrations().run(wiring.databaseRoles());
            var fields = new LinkedHashMap<String, Object>();
            fields.put("migrations_executed", outcome.migrationsExecuted());
            fields.put("schema_version", outcome.schemaVersion());
            answer.write(JsonDocument.write(fields).getBytes(StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be migrated, SQL state " + e.getSQLState(), e);
        }
    }
}
