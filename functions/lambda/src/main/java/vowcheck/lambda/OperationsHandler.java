package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.EXPORT_FUNCTION;
import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.STAGE;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.mlflow.Deadline;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.export.PredictionExports;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.workflow.Approvals;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.core.workflow.OperatorsOrder;
import vowcheck.core.workflow.Rollback;
import vowcheck.core.workflow.ShadowOperation;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.RequestRefused;
import vowcheck.lambda.http.Router;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.RefusalMetrics;

/// Answers the operators' calls, and those of auditors for exports. The API lets only these through.
public final class OperationsHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS, STAGE, MODEL_BUCKET, MLFLOW_URL, MLFLOW_SECRET, EXPORT_FUNCTION);

    private final FollowRegistry registry;
    private final Rollback rollback;
    private final ShadowOperation shadow;
    private final Approvals approvals;
    private final Deadline deadline;
    private final Router router;
    private final SnapStartHook snapStart;

    /// For the Lambda runtime: wired from the environment.
    public OperationsHandler() {
        this(new MlflowWiring(Settings.fromEnvironment(SETTINGS)));
        snapStart.register();
    }

    private OperationsHandler(MlflowWiring wiring) {
        this(
                wiring.followRegistry(),
                wiring.rollback(),
                wiring.shadowOperation(),
                wiring.approvals(),
                wiring.predictionExports(),
                wiring.deadline(),
                new RequestIds(new SecureRandom()),
                wiring.refusalMetrics());
    }

    /// @param deadline of the registry's calls; it is set for each event
    OperationsHandler(
            FollowRegistry registry,
            Rollback rollback,
            ShadowOperation shadow,
            Approvals approvals,
            PredictionExports predictionExports,
            Deadline deadline,
            RequestIds requestIds,
            RefusalMetrics metrics) {
        this.registry = registry;
        this.deadline = deadline;
        this.rollback = rollback;
        this.shadow = shadow;
        this.approvals = approvals;
        var exports = new ExportCalls(predictionExports);
        this.router = new Router(
                Map.of(
                        ApiRoute.UPDATE_MODEL,
                        certain(this::updateModel),
                        ApiRoute.ROLLBACK,
                        certain(this::rollBack),
                        ApiRoute.SHADOW,
                        this::changeShadow,
                        ApiRoute.APPROVAL,
                        this::approve,
                        ApiRoute.EXPORT,
                        exports::order,
                        ApiRoute.EXPORT_STATE,
                        exports::state),
                requestIds,
                (requestId, problem) -> metrics.refused(requestId, problem.reason()));
        this.snapStart = new SnapStartHook(() -> {}, requestIds::renew);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            deadline.set();
            router.handle(event.readAllBytes(), answer);
        }
    }

    /// A call of which the operator learns that its outcome is not known: where the answer to the pointer's
    /// write is lost, another rollback without a version would undo the first.
    private static Router.Call certain(Router.Call call) {
        return (request, requestId) -> {
            try {
                return call.answer(request, requestId);
            } catch (ModelStoreUnavailable e) {
                throw new RequestRefused(Problem.uncertain("S3 did not answer, and it is not known whether production"
                        + " changed: ask /model-info, then repeat the call with the version if you still want to"));
            }
        };
    }

    /// Puts the registry's production version into service, after checking its bundle. The scoring function's
    /// environments find it within their refresh age.
    private ApiResponse updateModel(ApiRequest request, RequestId requestId) {
        FollowRegistry.Result result;
        try {
            result = registry.follow(requestId.value(), Operators.name(request));
        } catch (UnusableModel e) {
            // Operators see the reason, which concerns only the pointer or its bundle. A retry cannot help.
            throw new RequestRefused(Problem.of(409, "Conflict", String.valueOf(e.getMessage())));
        }
        var version = result.model().version().value();
        var body = new JsonObject()
                .with("message", "version %s is intact and in production".formatted(version))
                .with(ModelIdentityJson.VERSION, version)
                .withAny(WorkflowField.NOTES, result.notes());
        return ApiResponse.json(200, body).with("X-Model-Version", version);
    }

    /// Puts the version that the body names, or the one that served before, into production.
    private ApiResponse rollBack(ApiRequest request, RequestId requestId) {
        var body = request.json().text();
        var call = RollbackJson.call(body);
        var order = new OperatorsOrder(requestId.value(), Operators.name(request), call.reason());
        var result = call.choice().map(choice -> rollback.to(choice, order)).orElseGet(() -> rollback.toFormer(order));
        return ApiResponse.json(200, RollbackJson.of(result))
                .with("X-Model-Version", result.model().version().value());
    }

    /// Makes the version that the body names the shadow; without one, ends the shadow.
    private ApiResponse changeShadow(ApiRequest request, RequestId requestId) {
        var call = RollbackJson.call(request.json().text());
        var order = new OperatorsOrder(requestId.value(), Operators.name(request), call.reason());
        try {
            var result =
                    call.choice().map(choice -> shadow.start(choice, order)).orElseGet(() -> shadow.stop(order));
            return ApiResponse.json(200, ShadowJson.of(result));
        } catch (UnusableModel e) {
            throw new RequestRefused(Problem.of(409, "Conflict", String.valueOf(e.getMessage())));
        } catch (ModelStoreUnavailable e) {
            throw new RequestRefused(Problem.uncertain(
                    "S3 did not answer, and it is not known whether the shadow changed: repeat the call"));
        }
    }

    /// Answers a training that waits for approval.
    private ApiResponse approve(ApiRequest request, RequestId requestId) {
        var call = ApprovalJson.call(request.json().text());
        var order = new OperatorsOrder(requestId.value(), Operators.name(request), call.reason());
        var result = approvals.answer(call.choice(), call.approved(), order);
        return ApiResponse.json(200, ApprovalJson.of(result, call.approved()));
    }
}
