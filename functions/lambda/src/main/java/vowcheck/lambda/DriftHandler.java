package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DRIFT_MIN_SAMPLES;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.PSI_THRESHOLD;
import static vowcheck.adapters.settings.Setting.STAGE;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.drift.DriftCheck;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.LogContext;

/// Checks for drift: once a day by a schedule, and when it is invoked by hand. Its event is ignored.
public final class DriftHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS =
            Setting.union(DatabaseAuthentication.SETTINGS, STAGE, MODEL_BUCKET, PSI_THRESHOLD, DRIFT_MIN_SAMPLES);

    private final DriftCheck check;
    private final DriftMetrics metrics;

    /// For the Lambda runtime: wired from the environment.
    public DriftHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)));
    }

    private DriftHandler(Wiring wiring) {
        this(wiring.driftCheck(), wiring.driftMetrics());
    }

    DriftHandler(DriftCheck check, DriftMetrics metrics) {
        this.check = check;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var report = check.check();
            metrics.checked(report);
            answer.write(DriftReportJson.of(report).utf8());
        }
    }
}
