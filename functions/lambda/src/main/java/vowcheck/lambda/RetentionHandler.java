package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.RETENTION_MONTHS;
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
import vowcheck.core.retention.Retention;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.RetentionMetrics;

/// Makes the partitions of the coming months and drops those of months that are no longer kept: once a day by a
/// schedule, and when it is invoked by hand. Its event is ignored.
public final class RetentionHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(DatabaseAuthentication.SETTINGS, STAGE, RETENTION_MONTHS);

    private final Retention retention;
    private final RetentionMetrics metrics;

    /// For the Lambda runtime: wired from the environment.
    public RetentionHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)));
    }

    private RetentionHandler(Wiring wiring) {
        this(wiring.retention(), wiring.retentionMetrics());
    }

    RetentionHandler(Retention retention, RetentionMetrics metrics) {
        this.retention = retention;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var report = retention.apply();
            metrics.applied(report);
            answer.write(RetentionReportJson.of(report).utf8());
        }
    }
}
