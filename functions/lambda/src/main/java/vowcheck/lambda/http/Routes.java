package vowcheck.lambda.http;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.observation.LogContext;

/// The calls that a handler answers, by resource and method. Every answer carries `X-Request-Id`; what is not there
/// is 404, a wrong method is 405 with `Allow`.
public final class Routes {

    private static final Logger LOG = System.getLogger(Routes.class.getName());

    private final Map<String, Map<String, Call>> calls;
    private final Supplier<RequestId> requestIds;
    private final Refusals refusals;

    /// @param calls by resource, as the API declares it, then by method
    /// @param refusals is told of every request that is answered with a problem
    public Routes(Map<String, Map<String, Call>> calls, Supplier<RequestId> requestIds, Refusals refusals) {
        this.calls = Map.copyOf(calls);
        this.requestIds = requestIds;
        this.refusals = refusals;
    }

    /// Reads an event, answers it and writes the answer, whatever happens on the way.
    public void handle(InputStream event, OutputStream answer) {
        var requestId = requestIds.get();
        try (var _ = LogContext.of(requestId)) {
            answer(event, requestId)
                    .withDefault("X-Request-Id", requestId.value())
                    .write(answer);
        }
    }

    private ApiResponse answer(InputStream event, RequestId requestId) {
        try {
            var request = ApiRequest.read(event);
            return call(request).answer(request, requestId);
        } catch (RuntimeException e) {
            var problem = Problem.of(e);
            if (problem.status() >= 500) {
                LOG.log(Level.ERROR, "the request failed", e);
            }
            return refused(requestId, problem);
        }
    }

    private ApiResponse refused(RequestId requestId, Problem problem) {
        refusals.refused(requestId, problem);
        return problem.response();
    }

    private Call call(ApiRequest request) {
        @Nullable Map<String, Call> methods = calls.get(request.resource());
        if (methods == null) {
            return (_, requestId) -> refused(
                    requestId, Problem.of(404, "Not Found", "nothing is at this path; see the README for the calls"));
        }
        @Nullable Call call = methods.get(request.method());
        if (call == null) {
            var allowed = String.join(", ", new TreeMap<>(methods).keySet());
            return (_, requestId) -> refused(
                            requestId, Problem.of(405, "Method Not Allowed", "this path takes " + allowed))
                    .with("Allow", allowed);
        }
        return call;
    }

    /// One call of the API.
    @FunctionalInterface
    public interface Call {
        /// Answers a request, or throws what [Problem] maps to a status.
        ApiResponse answer(ApiRequest request, RequestId requestId);
    }

    /// Hears of requests that are answered with a problem.
    @FunctionalInterface
    public interface Refusals {
        void refused(RequestId requestId, Problem problem);
    }
}
