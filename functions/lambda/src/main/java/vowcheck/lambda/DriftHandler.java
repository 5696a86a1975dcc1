package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DRIFT_MIN_SAMPLES;
import static vowcheck.adapters.settings.Setting.PSI_THRESHOLD;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.STAGE;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import java.util.Set;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import vowcheck.adapters.json.DriftReportJson;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.drift.DriftCheck;
import vowcheck.lambda.observation.LogContext;

/// Checks for drift, by a daily rule or by hand; its event is ignored. Its metrics are a line of the log that
/// CloudWatch reads (embedded metric format).
public final class DriftHandler implements RequestStreamHandler {

    /// What the handler reads of its environment.
    public static final Set<Setting> SETTINGS = Setting.union(DatabaseAuthentication.SETTINGS, Set.of(STAGE, MODEL_BUCKET, PSI_THRESHOLD, DRIFT_MIN_SAMPLES));

    private final DriftCheck check;
    private final String stage;
    private final PrintStream log;

    /// For the Lambda runtime: wired from the environment.
    public DriftHandler() {
        var settings = Settings.fromEnvironment(SETTINGS);
        this(new Wiring(settings).driftCheck(), settings.text(STAGE), System.out);
    }

    DriftHandler(DriftCheck check, String stage, PrintStream log) {
        this.check = check;
        this.stage = stage;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var report = check.check();
            log.println(DriftReportJson.metrics(report, stage));
            answer.write(DriftReportJson.write(report).getBytes(StandardCharsets.UTF_8));
        }
    }
}
