package vowcheck.lambda.http;

import static java.util.stream.Collectors.joining;

import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.observation.LogContext;

/// Passes each request to the call that answers it. Every answer has the header `X-Request-Id`. The answer is 404 for
/// an unknown path and for a call that another function answers, and 405 with `Allow` for a method that no call of the
/// path accepts. HEAD is answered as GET is, without the body.
public final class Router {

    private static final Logger LOG = System.getLogger(Router.class.getName());

    private final Map<ApiRoute, Call> calls;
    private final Supplier<RequestId> requestIds;
    private final Refusals refusals;

    /// @param calls the routes that the handler answers
    /// @param refusals is told of every request that is answered with a problem
    public Router(Map<ApiRoute, Call> calls, Supplier<RequestId> requestIds, Refusals refusals) {
        this.calls = new EnumMap<>(calls);
        this.requestIds = requestIds;
        this.refusals = refusals;
    }

    /// Reads an event and writes its answer, also when the call fails.
    public void handle(byte[] event, OutputStream answer) {
        var requestId = requestIds.get();
        try (var _ = LogContext.of(requestId)) {
            answer(event, requestId)
                    .withDefault("X-Request-Id", requestId.value())
                    .write(answer);
        }
    }

    private ApiResponse answer(byte[] event, RequestId requestId) {
        ApiRequest request;
        try {
            request = ApiRequest.read(event);
        } catch (RuntimeException e) {
            return failed(requestId, e);
        }
        var response = answer(request, requestId);
        return request.method().equals(ApiRoute.HEAD) ? response.withoutBody() : response;
    }

    private ApiResponse answer(ApiRequest request, RequestId requestId) {
        try {
            return call(request).answer(request, requestId);
        } catch (RuntimeException e) {
            return failed(requestId, e);
        }
    }

    private ApiResponse failed(RequestId requestId, RuntimeException cause) {
        var problem = Problem.of(cause);
        if (problem.status() >= 500) {
            LOG.log(Level.ERROR, "the request failed", cause);
        }
        return refused(requestId, problem);
    }

    private ApiResponse refused(RequestId requestId, Problem problem) {
        refusals.refused(requestId, problem);
        return problem.response();
    }

    private Call call(ApiRequest request) {
        var atPath = ApiRoute.at(request.resource());
        for (var route : atPath) {
            if (route.methods().contains(request.method())) {
                return calls.getOrDefault(route, this::notFound);
            }
        }
        return atPath.isEmpty() ? this::notFound : notAllowed(atPath);
    }

    private ApiResponse notFound(ApiRequest request, RequestId requestId) {
        return refused(requestId, Problem.of(404, "Not Found", "no call has this path: see /docs for the calls"));
    }

    private Call notAllowed(List<ApiRoute> atPath) {
        var allowed = atPath.stream()
                .flatMap(route -> route.methods().stream())
                .sorted()
                .collect(joining(", "));
        return (_, requestId) -> refused(
                        requestId, Problem.of(405, "Method Not Allowed", "this path accepts " + allowed))
                .with("Allow", allowed);
    }

    /// One call of the API.
    @FunctionalInterface
    public interface Call {
        /// Answers a request, or throws what [Problem] maps to a status.
        ApiResponse answer(ApiRequest request, RequestId requestId);
    }

    /// Is told of requests that are answered with a problem.
    @FunctionalInterface
    public interface Refusals {
        void refused(RequestId requestId, Problem problem);
    }
}
