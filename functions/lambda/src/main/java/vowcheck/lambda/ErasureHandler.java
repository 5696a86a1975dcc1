package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.DATABASE_BACKUPS;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.RETENTION_MONTHS;
import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.adapters.settings.Setting.TOMBSTONE_KEY_SECRET;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.RequestRefused;
import vowcheck.lambda.http.Router;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.RefusalMetrics;

/// Erases what is stored about a person, by order of an operator. The only function that may delete predictions;
/// the API lets only operators through.
public final class ErasureHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS,
            STAGE,
            MODEL_BUCKET,
            TOMBSTONE_KEY_SECRET,
            DATABASE_BACKUPS,
            RETENTION_MONTHS);

    private final Erasure erasure;
    private final CopiesLifetime copies;
    private final Router router;
    private final SnapStartHook snapStart;

    /// For the Lambda runtime: wired from the environment.
    public ErasureHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)));
        snapStart.register();
    }

    private ErasureHandler(Wiring wiring) {
        this(wiring.erasure(), wiring.copiesLifetime(), new RequestIds(new SecureRandom()), wiring.refusalMetrics());
    }

    /// @param copies what the answer says about copies that are not reached
    ErasureHandler(Erasure erasure, CopiesLifetime copies, RequestIds requestIds, RefusalMetrics metrics) {
        this.erasure = erasure;
        this.copies = copies;
        this.router = new Router(
                Map.of(ApiRoute.ERASURE, this::erase),
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

    /// An order that finds nothing is answered like any other: it may concern what still waits in the queue, and
    /// whoever repeats an order must not learn less than that it is done.
    private ApiResponse erase(ApiRequest request, RequestId requestId) {
        var order = ErasureJson.order(request.json().text(), Operators.name(request));
        try {
            return ApiResponse.json(200, ErasureJson.answer(erasure.erase(order), order.subject(), copies));
        } catch (PredictionsUnavailable e) {
            throw new RequestRefused(
                    Problem.of(
                            503,
                            "Service Unavailable",
                            "the database or the bucket does not answer, and the erasure is not complete: repeat the call"),
                    e);
        }
    }
}
