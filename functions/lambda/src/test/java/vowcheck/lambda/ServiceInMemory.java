package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientName;
import vowcheck.core.clients.KeyId;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.readiness.ModelProbe;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessPart;
import vowcheck.core.readiness.ReadinessProbe;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.ShadowComparison;
import vowcheck.lambda.observation.MetricLog;

/// The scoring function over stores in memory. The password `right` makes `ada` an operator,
/// `reads` an auditor.
final class ServiceInMemory {

    static final Duration REFRESH_AGE = Duration.ofSeconds(30);

    final InMemoryModelStore models = new InMemoryModelStore();
    final InMemoryPredictions log = new InMemoryPredictions();
    final InMemoryPredictions queue = new InMemoryPredictions();
    final MovableClock clock = new MovableClock();
    final Map<KeyId, Instant> keyEnds = new HashMap<>();
    ShadowComparison shadowComparison = new ShadowComparison(
            0,
            Optional.empty(),
            0,
            List.of(),
            new ShadowComparison.Scores(Double.NaN, List.of()),
            new ShadowComparison.Scores(Double.NaN, List.of()),
            OptionalDouble.empty(),
            0,
            0);
    ReadinessProbe database = () -> new ReadinessFinding.WritableDatabase(9);
    ReadinessProbe queueDepth = () -> new ReadinessFinding.QueueDepth(0, 0);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    final ScoringHandler handler = handler();

    private ScoringHandler handler() {
        var ports = new ScoringService.Ports(
                models,
                log,
                queue,
                ServiceInMemory::role,
                () -> keyEnds,
                shadow -> shadowComparison,
                Map.of(
                        ReadinessPart.MODEL, new ModelProbe(models),
                        ReadinessPart.DATABASE, () -> database.look(),
                        ReadinessPart.QUEUE, () -> queueDepth.look()),
                new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)),
                Runnable::run,
                clock);
        return new ScoringHandler(
                new ScoringService(ports, FeatureSchema.CURRENT, REFRESH_AGE, new RequestIds(new SecureRandom())));
    }

    /// The lines of metrics that were written so far.
    List<String> metricLines() {
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Optional<OperatorRole> role(BasicCredentials credentials) {
        return credentials.equals(new BasicCredentials("ada", "right"))
                ? Optional.of(OperatorRole.OPERATOR)
                : credentials.equals(new BasicCredentials("ada", "reads"))
                        ? Optional.of(OperatorRole.AUDITOR)
                        : Optional.empty();
    }

    /// Sends an event of that client and returns the answer as AWS reads it.
    APIGatewayProxyResponseEvent answer(ClientName client, APIGatewayProxyRequestEvent request) {
        request.getRequestContext().getIdentity().setApiKey(key(client).value());
        return answered(request);
    }

    /// The API key that requests of a client come with.
    static ApiKey key(ClientName client) {
        return new ApiKey(client + "k".repeat(40));
    }

    /// Sends an event as it is.
    APIGatewayProxyResponseEvent answered(APIGatewayProxyRequestEvent request) {
        return Events.response(
                request, Events.handled(handler, Events.written(request, APIGatewayProxyRequestEvent.class)));
    }

    /// Sends an event of the clerks.
    APIGatewayProxyResponseEvent answer(APIGatewayProxyRequestEvent request) {
        return answer(ClientName.CLERKS, request);
    }

    /// Posts the sample application to `/predict`.
    APIGatewayProxyResponseEvent predict(Map<String, String> headers) {
        return answer(with(headers, sample()));
    }

    /// The stored request of that id, as its client or, with [#operator], an operator reads it.
    APIGatewayProxyResponseEvent predictions(String requestId, Map<String, String> headers, Map<String, String> query) {
        return answer(with(headers, sample())
                .withHttpMethod("GET")
                .withResource("/predictions/{request_id}")
                .withPathParameters(Map.of("request_id", requestId))
                .withQueryStringParameters(query));
    }

    /// The committed event, a call of `/predict`.
    static APIGatewayProxyRequestEvent sample() {
        return Events.parsed("scoring_handler.json", APIGatewayProxyRequestEvent.class);
    }

    /// The header that identifies `ada`.
    static Map<String, String> operator(String password) {
        return Map.of("Authorization", new BasicCredentials("ada", password).authorization());
    }

    private static APIGatewayProxyRequestEvent with(Map<String, String> headers, APIGatewayProxyRequestEvent event) {
        var all = new HashMap<>(event.getHeaders());
        all.putAll(headers);
        return event.withHeaders(all);
    }
}
