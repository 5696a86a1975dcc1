package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.lambda.http.ApiRoute.DOCUMENTATION_ASSET;
import static vowcheck.lambda.http.ApiRoute.DOCUMENTATION_PAGE;
import static vowcheck.lambda.http.ApiRoute.HEALTH;
import static vowcheck.lambda.http.ApiRoute.OPENAPI_DOCUMENT;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.documentation.Documentation;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.Router;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

/// Answers whatever needs neither a key nor a password: the health call, the documentation, and every path or method
/// that is no call of the API. It has no access to anything, and does not use [Wiring], whose clients of AWS it must
/// not load: `PublicHandlerTest` looks at the classes of its process.
public final class PublicHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Set.of(STAGE);

    private final Router router;
    private final SnapStartHook snapStart;

    /// For the Lambda runtime: wired from the environment.
    public PublicHandler() {
        this(new MetricLog(Settings.fromEnvironment(SETTINGS).text(STAGE), System.out));
        snapStart.register();
    }

    PublicHandler(MetricLog log) {
        var metrics = new RefusalMetrics(log, InstantSource.system());
        var requestIds = new RequestIds(new SecureRandom());
        this.router = new Router(
                Map.of(
                        HEALTH, PublicHandler::health,
                        DOCUMENTATION_PAGE, Documentation::page,
                        DOCUMENTATION_ASSET, Documentation::asset,
                        OPENAPI_DOCUMENT, Documentation::document),
                requestIds,
                (requestId, problem) -> metrics.refused(requestId, problem.reason()));
        this.snapStart = new SnapStartHook(() -> {}, requestIds::renew);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            router.handle(event.readAllBytes(), answer);
        }
    }

    /// Says that the API answers, and nothing about what it depends on: a balancer that takes it out of service does
    /// not mend the database, and predictions are answered without it.
    private static ApiResponse health(ApiRequest request, RequestId requestId) {
        return ApiResponse.json(200, new JsonObject().with("status", "ok")).with("Cache-Control", "no-store");
    }
}
