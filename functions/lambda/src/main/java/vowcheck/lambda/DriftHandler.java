package vowcheck.lambda;

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

    private final DriftCheck check;
    private final String stage;
    private final PrintStream log;

    /// For the Lambda runtime: wired from the environment.
    public DriftHandler() {
        var settings = Settings.fromEnvironment();
        this(new Wiring(settings).driftCheck(), settings.text(Setting.STAGE), System.out);
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
