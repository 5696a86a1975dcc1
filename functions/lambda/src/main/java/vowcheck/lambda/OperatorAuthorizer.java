package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.http.BasicCredentials;

/// Lets operators through to their calls: checks the Basic credentials (RFC 7617) of a REST API's
/// request-authorizer event and allows exactly the method that was called.
public final class OperatorAuthorizer implements RequestStreamHandler {

    private final OperatorDirectory operators;
    private final Supplier<MlflowLogin> mlflow;

    /// For the Lambda runtime: wired from the environment.
    public OperatorAuthorizer() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    private OperatorAuthorizer(Wiring wiring) {
        this(wiring.operators(), wiring.mlflowLogin());
    }

    /// @param mlflow the service's login at MLflow, which the API hands on for an operator's own
    OperatorAuthorizer(OperatorDirectory operators, Supplier<MlflowLogin> mlflow) {
        this.operators = operators;
        this.mlflow = mlflow;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        var request = AuthorizerEvent.read(event);
        var operator = BasicCredentials.read(request.authorization())
                .flatMap(pair -> operators.verified(pair.name(), pair.password()))
                .orElseThrow(Unauthorized::new);
        var policy = Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(Map.of("Action", "execute-api:Invoke", "Effect", "Allow", "Resource", request.methodArn())));
        answer.write(JsonDocument.write(Map.of(
                        "principalId",
                        operator,
                        "policyDocument",
                        policy,
                        "context",
                        Map.of("mlflow_authorization", mlflow.get().authorization())))
                .getBytes(StandardCharsets.UTF_8));
    }

    /// API Gateway turns just this message into 401.
    private static final class Unauthorized extends RuntimeException {
        Unauthorized() {
            super("Unauthorized", null, false, false);
        }
    }
}
