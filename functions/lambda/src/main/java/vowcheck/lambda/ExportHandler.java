package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.workflow.ExportOrderJson;
import vowcheck.core.export.ExportRun;
import vowcheck.lambda.observation.LogContext;

/// Writes the file of an export that somebody has ordered. Nobody waits for its answer, which is how the export
/// ended.
public final class ExportHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(DatabaseAuthentication.SETTINGS, MODEL_BUCKET);

    private final ExportRun run;

    /// For the Lambda runtime: wired from the environment.
    public ExportHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)).exportRun());
    }

    ExportHandler(ExportRun run) {
        this.run = run;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var order = ExportOrderJson.read(event.readAllBytes());
            answer.write(ExportJson.of(order.id(), run.run(order), null).utf8());
        }
    }
}
