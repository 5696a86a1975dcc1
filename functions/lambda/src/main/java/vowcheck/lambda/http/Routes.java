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

/// The calls that a handler answers, by resource and method. Every answer carries `X-Request-Id`; what is not there
/// is 404, a wrong method is 405 with `Allow`.
public final class Routes {

    private static final Logger LOG = System.getLogger(Routes.class.getName());

    private final Map<String, Map<String, Call>> calls;
    private final Supplier<RequestId> requestIds;

    /// @param calls by resource, as the API declares it, then by method
    public Routes(Map<String, Map<String, Call>> calls, Supplier<RequestId> requestIds) {
        this.calls = Map.copyOf(calls);
        this.requestIds = requestIds;
    }

    /// Reads an event, answers it and writes the answer, whatever happens on the way.
    public void handle(InputStream event, OutputStream answer) {
        var requestId = requestIds.get();
        answer(event, requestId).withDefault("X-Request-Id", requestId.value()).write(answer);
    }

    private ApiResponse answer(InputStream event, RequestId requestId) {
        try {
            var request = ApiRequest.read(event);
            return call(request).answer(request, requestId);
        } catch (RuntimeException e) {
            var problem = Problem.of(e);
            if (problem.status() >= 500) {
                LOG.log(Level.ERROR, "request " + requestId.value() + " failed", e);
            }
            return problem.response();
        }
    }

    private Call call(ApiRequest request) {
        @Nullable Map<String, Call> methods = calls.get(request.resource());
        if (methods == null) {
            return (_, _) -> Problem.of(404, "Not Found", "nothing is at this path; see the README for the calls")
                    .response();
        }
        @Nullable Call call = methods.get(request.method());
        if (call == null) {
            var allowed = String.join(", ", new TreeMap<>(methods).keySet());
            return (_, _) -> Problem.of(405, "Method Not Allowed", "this path takes " + allowed)
                    .response()
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
}
