package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.documentation.Documentation;
import vowcheck.lambda.http.Routes;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.ScoringMetrics;

/// Answers the clerks' calls, the documentation, every path that nobody else answers, and the training workflow's
/// smoke call.
public final class ScoringHandler implements RequestStreamHandler {

    private final ScoringCalls calls;
    private final Routes routes;

    /// For the Lambda runtime: wired from the environment.
    public ScoringHandler() {
        this(new Wiring(Settings.fromEnvironment()).scoringHandlerCalls());
    }

    ScoringHandler(Calls calls) {
        this.calls = calls.scoring();
        var byResource = new HashMap<>(calls.scoring().byResource());
        byResource.putAll(calls.audit().byResource());
        byResource.putAll(new Documentation().byResource());
        this.routes = new Routes(
                byResource,
                RequestId::random,
                (requestId, problem) -> calls.metrics().refused(requestId, problem.reason()));
    }

    /// What the handler answers, and what counts it.
    record Calls(ScoringCalls scoring, AuditCalls audit, ScoringMetrics metrics) {}

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var bytes = event.readAllBytes();
            if (SmokeEvent.is(bytes)) {
                answer.write(calls.smoke().getBytes(StandardCharsets.UTF_8));
            } else {
                routes.handle(new ByteArrayInputStream(bytes), answer);
            }
        }
    }
}
