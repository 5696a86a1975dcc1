package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.Routes;
import vowcheck.lambda.observation.LogContext;

/// Answers the operators' calls; the API lets only operators through to it.
public final class OperationsHandler implements RequestStreamHandler {

    /// What the handler reads of its environment.
    public static final Set<Setting> SETTINGS = Set.of(MODEL_BUCKET, MLFLOW_URL, MLFLOW_SECRET);

    private final FollowRegistry registry;
    private final Routes routes;

    /// For the Lambda runtime: wired from the environment.
    public OperationsHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)).followRegistry());
    }

    OperationsHandler(FollowRegistry registry) {
        this.registry = registry;
        this.routes = new Routes(Map.of(ApiRoute.UPDATE_MODEL, this::updateModel), RequestId::random, (_, _) -> {});
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        try (var _ = LogContext.of(context)) {
            routes.handle(event, answer);
        }
    }

    /// What serves follows the registry, once its bundle is checked; the environments that score find it
    /// within their refresh age.
    private ApiResponse updateModel(ApiRequest request, RequestId requestId) {
        String version;
        try {
            version = registry.follow().value();
        } catch (UnusableModel e) {
            // To an operator the reason, which is about the bundle alone; trying again cannot help.
            return Problem.of(409, "Conflict", String.valueOf(e.getMessage())).response();
        }
        var body = new JsonObject()
                .with("message", "version %s is intact and in production".formatted(version))
                .with("model_version", version);
        return ApiResponse.json(200, body).with("X-Model-Version", version);
    }
}
