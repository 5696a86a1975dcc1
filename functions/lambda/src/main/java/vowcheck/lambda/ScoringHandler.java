package vowcheck.lambda;

import static vowcheck.lambda.http.ApiRoute.OPENAPI_DOCUMENT;
import static vowcheck.lambda.http.ApiRoute.DOCUMENTATION_ASSET;
import static vowcheck.lambda.http.ApiRoute.DOCUMENTATION_PAGE;
import static vowcheck.lambda.http.ApiRoute.STORED_PREDICTIONS;
import static vowcheck.lambda.http.ApiRoute.MODEL_INFO;
import static vowcheck.lambda.http.ApiRoute.BATCH_PREDICT;
import static vowcheck.lambda.http.ApiRoute.PREDICT;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.STAGE;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import java.util.Set;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.documentation.Documentation;
import vowcheck.lambda.http.Routes;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.ScoringMetrics;

/// Answers the clerks' calls, the documentation, every path that nobody else answers, and the training
/// workflow's smoke call. It is told of SnapStart's snapshot, and keeps its hooks reachable: who tells refers
/// to them weakly.
public final class ScoringHandler implements RequestStreamHandler, Resource {

    /// What the handler reads of its environment.
    public static final Set<Setting> SETTINGS = Setting.union(DatabaseAuthentication.SETTINGS, Set.of(STAGE, MODEL_BUCKET, MODEL_REFRESH_AGE, UNLOGGED_QUEUE_URL, OPERATORS_SECRET));

    private final ScoringCalls calls;
    private final Routes routes;
    private final Snapshot snapshot;

    /// For the Lambda runtime: wired from the environment.
    public ScoringHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)).scoringFunction());
        Core.getGlobalContext().register(this);
    }

    ScoringHandler(Function function) {
        this.calls = function.calls().scoring();
        this.routes = routes(function.calls());
        this.snapshot = function.snapshot();
    }

    /// What the handler answers, what counts it, and what gives requests their ids.
    record Calls(ScoringCalls scoring, AuditCalls audit, ScoringMetrics metrics, RequestIds requestIds) {}

    /// What the handler is made of.
    record Function(Calls calls, Snapshot snapshot) {}

    static Routes routes(Calls calls) {
        return new Routes(
                Map.of(
                        PREDICT, calls.scoring()::predict,
                        BATCH_PREDICT, calls.scoring()::batchPredict,
                        MODEL_INFO, calls.scoring()::modelInfo,
                        STORED_PREDICTIONS, calls.audit()::storedPredictions,
                        DOCUMENTATION_PAGE, Documentation::page,
                        DOCUMENTATION_ASSET, Documentation::asset,
                        OPENAPI_DOCUMENT, Documentation::document),
                calls.requestIds(),
                (requestId, problem) -> calls.metrics().refused(requestId, problem.reason()));
    }

    @Override
    public void handleRequest(
            InputStream event, OutputStream answer, com.amazonaws.services.lambda.runtime.Context context)
            throws IOException {
        try (var _ = LogContext.of(context)) {
            var bytes = event.readAllBytes();
            if (SmokeEvent.is(bytes)) {
                answer.write(calls.smoke().getBytes(StandardCharsets.UTF_8));
            } else {
                routes.handle(new ByteArrayInputStream(bytes), answer);
            }
        }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        snapshot.before().run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        snapshot.after().run();
    }
}
