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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.drift.DriftCheck;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.LogContext;

/// Checks for drift: once a day by a schedule, and when it is invoked by hand. Of its event, only the
/// time of the schedule counts.
public final class DriftHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS =
            Setting.union(DatabaseAuthentication.SETTINGS, STAGE, MODEL_BUCKET, PSI_THRESHOLD, DRIFT_MIN_SAMPLES);

    private static final Logger LOG = System.getLogger(DriftHandler.class.getName());

    /// Of a scheduled event of EventBridge.
    private static final String TIME = "time";

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
            var report = check.check(scheduledAt(event.readAllBytes()));
            metrics.checked(report);
            answer.write(DriftReportJson.of(report).utf8());
        }
    }

    /// The time that every delivery of a scheduled event has; empty for whatever else people send.
    private static Optional<Instant> scheduledAt(byte[] event) {
        try {
            var fields = JsonDocument.parse(event);
            return fields.has(TIME) ? Optional.of(Instant.parse(fields.text(TIME))) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            LOG.log(Level.INFO, "the event is no scheduled one: {0}", e.getMessage());
            return Optional.empty();
        }
    }
}
