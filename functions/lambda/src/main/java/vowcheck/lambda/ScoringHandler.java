package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.adapters.settings.Setting.TOMBSTONE_KEY_SECRET;
import static vowcheck.adapters.settings.Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.observation.LogContext;

/// Answers the clerks' calls, the operators' question whether everything works, and what no caller of the API sends
/// ([DirectEvent]).
public final class ScoringHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS,
            STAGE,
            MODEL_BUCKET,
            MODEL_REFRESH_AGE,
            UNLOGGED_QUEUE_URL,
            UNLOGGED_DEAD_LETTER_QUEUE_URL,
            OPERATORS_SECRET,
            TOMBSTONE_KEY_SECRET);

    /// The longest that storing the rows of one request may take.
    public static final Duration LONGEST_STORING = Wiring.DATABASE_LIMIT.most();

    private final ScoringService service;
    private final SnapStartHook snapStart;

    /// For the Lambda runtime: wired from the environment.
    public ScoringHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)).scoringService());
        snapStart.register();
    }

    ScoringHandler(ScoringService service) {
        this.service = service;
        this.snapStart = new SnapStartHook(service::rehearse, service::renew);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var bytes = event.readAllBytes();
            // No switch: one over null loads classes of its own in the first request.
            var direct = DirectEvent.of(bytes);
            if (direct == null) {
                service.router().handle(bytes, answer);
            } else {
                answer.write((direct == DirectEvent.CANARY ? service.canary() : service.smoke())
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
