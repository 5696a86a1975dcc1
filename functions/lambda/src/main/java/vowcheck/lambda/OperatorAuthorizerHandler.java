package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.OPERATORS_SECRET;
import static vowcheck.adapters.settings.Setting.STAGE;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.lambda.observation.LogContext;

/// Lets operators and auditors through to the calls of their roles: checks the Basic credentials in the event of a REST
/// API's request authorizer, and answers with an [OperatorPolicy], which API Gateway keeps for [#ANSWER_AGE]. A call of
/// another role is refused with 403.
public final class OperatorAuthorizerHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Set.of(STAGE, OPERATORS_SECRET, MLFLOW_SECRET);

    /// The field of the answer's context that has MLflow's own credentials, as a header `Authorization`.
    public static final String MLFLOW_AUTHORIZATION = "mlflow_authorization";

    /// The field of the answer's context that has the operator's name for MLflow, percent-encoded: a header takes no
    /// other characters than those of ASCII.
    public static final String MLFLOW_USER = "mlflow_user";

    /// MLflow's path below the API's stage; every path below it is MLflow's, too.
    public static final String MLFLOW_PATH = "mlflow";

    /// The methods with which MLflow may be called: all that API Gateway's `ANY` stands for.
    public static final List<String> MLFLOW_METHODS =
            List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /// How long API Gateway may keep an answer. The function's own copies of the secrets are a few seconds old at
    /// most when it answers, so that a person who was removed is refused after a minute.
    public static final Duration ANSWER_AGE = Duration.ofSeconds(55);

    /// MLflow answers it with 401. Were the field absent, the API could pass on the operator's own header.
    private static final String NO_CREDENTIALS = new BasicCredentials("", "").authorization();

    private static final Logger LOG = System.getLogger(OperatorAuthorizerHandler.class.getName());

    private final OperatorVerification operators;
    private final Supplier<MlflowLogin> mlflow;

    /// For the Lambda runtime: wired from the environment.
    public OperatorAuthorizerHandler() {
        this(new Wiring(Settings.fromEnvironment(SETTINGS)));
    }

    private OperatorAuthorizerHandler(Wiring wiring) {
        this(wiring.authorizersOperators(), wiring.mlflowLogin());
    }

    /// @param mlflow the login that the API sends to MLflow in place of the operator's own
    OperatorAuthorizerHandler(OperatorVerification operators, Supplier<MlflowLogin> mlflow) {
        this.operators = operators;
        this.mlflow = mlflow;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var request = AuthorizerEvent.read(event);
            var operator = BasicCredentials.of(request.authorization())
                    // A secret that cannot be used is an error of this function, which API Gateway answers with 503.
                    .flatMap(operators::verified)
                    .orElseThrow(Unauthorized::new);
            answer.write(policy(operator, request.methodArn()).utf8());
        }
    }

    private JsonObject policy(Operator operator, String methodArn) {
        var context = new JsonObject();
        if (operator.role() == OperatorRole.OPERATOR) {
            context.with(MLFLOW_AUTHORIZATION, mlflowAuthorization())
                    .with(
                            MLFLOW_USER,
                            URLEncoder.encode(operator.name(), StandardCharsets.UTF_8)
                                    .replace("+", "%20"));
        }
        return new JsonObject()
                .with("principalId", operator.name())
                .with("policyDocument", OperatorPolicy.of(operator.role(), methodArn))
                .with("context", context);
    }

    /// The operators' other calls, the way back to an earlier model among them, do not depend on MLflow's secret.
    private String mlflowAuthorization() {
        try {
            return mlflow.get().authorization();
        } catch (SecretUnavailable e) {
            LOG.log(Level.WARNING, "MLflow's pages get no login, the other calls are let through", e);
            return NO_CREDENTIALS;
        }
    }

    /// API Gateway answers 401 for exactly this message.
    private static final class Unauthorized extends RuntimeException {
        Unauthorized() {
            super("Unauthorized", null, false, false);
        }
    }
}
