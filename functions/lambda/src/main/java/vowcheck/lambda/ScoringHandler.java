package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.Routes;

/// Answers the clerks' calls, and every path that nobody else answers.
public final class ScoringHandler implements RequestStreamHandler {

    private final Routes routes;

    /// For the Lambda runtime: wired from the environment.
    public ScoringHandler() {
        this(new Wiring(Settings.fromEnvironment()).scoringCalls());
    }

    ScoringHandler(ScoringCalls calls) {
        this.routes = new Routes(calls.byPath(), RequestId::random);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        routes.handle(event, answer);
    }
}
