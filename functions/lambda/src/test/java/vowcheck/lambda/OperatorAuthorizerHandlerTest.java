package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.operators.PasswordHash;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.scoring.MovableClock;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.OperatorMetrics;

class OperatorAuthorizerHandlerTest {

    private final SecureRandom random = new SecureRandom();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final OperatorAuthorizerHandler authorizer = authorizer(OperatorRole.OPERATOR);

    @Test
    void theSampleEventsOperatorMayCallWhatThePolicyLists() {
        var event = Events.parsed("operator_authorizer.json", APIGatewayCustomAuthorizerEvent.class);

        var answer = JsonDocument.parse(Events.handled(authorizer, Events.text("operator_authorizer.json")));

        assertThat(answer.text("principalId")).isEqualTo("ada");
        assertThat(answer.document("context").text("mlflow_authorization")).isEqualTo("Basic YWRtaW46c2VjcmV0");
        assertThat(answer.document("context").text("mlflow_user")).isEqualTo("ada");
        var statement = answer.document("policyDocument").documents("Statement").getFirst();
        assertThat(statement.text("Effect")).isEqualTo("Allow");
        assertThat(statement.texts("Resource")).contains(event.getMethodArn());
    }

    /// API Gateway keeps the answer by the credentials only, whatever the path was.
    @Test
    void theAnswerIsTheSameForEveryCallOfAPerson() {
        var event = Events.text("operator_authorizer.json");

        assertThat(Events.handled(authorizer, event.replace("POST/update-model", "GET/mlflow/ajax-api/2.0/x")))
                .isEqualTo(Events.handled(authorizer, event));
    }

    @Test
    void anAuditorIsAuthenticatedButMayNotOperate() {
        var answer = JsonDocument.parse(
                Events.handled(authorizer(OperatorRole.AUDITOR), Events.text("operator_authorizer.json")));

        var statement = answer.document("policyDocument").documents("Statement").getFirst();
        assertThat(statement.texts("Resource"))
                .anySatisfy(call -> assertThat(call).endsWith("/POST/predictions/search"))
                .noneSatisfy(call -> assertThat(call).endsWith("/POST/update-model"))
                .noneSatisfy(call -> assertThat(call).contains("/mlflow"));
        assertThat(answer.document("context").has("mlflow_authorization")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YWRhOndyb25n", // ada:wrong
                "Basic Ym9iOmFuIGV4YW1wbGUgcGFzc3dvcmQ=", // bob: with ada's password
                "Basic YWRh", // no colon
                "Basic !!!",
                "Basic",
                "Bearer YWRhOmFuIGV4YW1wbGUgcGFzc3dvcmQ=",
                "",
            })
    void allOthersAreUnauthorized(String authorization) {
        var event = Events.text("operator_authorizer.json")
                .replaceFirst("\"Authorization\": \"[^\"]*\"", "\"Authorization\": \"" + authorization + "\"");

        assertThatThrownBy(() -> Events.handled(authorizer, event)).hasMessage("Unauthorized");
    }

    @Test
    void withoutMlflowsLoginTheOperatorIsLetThroughAndMlflowGetsEmptyCredentials() {
        var secret = operators(OperatorRole.OPERATOR);
        var withoutMlflow = authorizer(secret, () -> {
            throw new SecretUnavailable("deleted by the test", null);
        });

        var answer = JsonDocument.parse(Events.handled(withoutMlflow, Events.text("operator_authorizer.json")));

        var statement = answer.document("policyDocument").documents("Statement").getFirst();
        assertThat(statement.text("Effect")).isEqualTo("Allow");
        assertThat(answer.document("context").text("mlflow_authorization")).isEqualTo("Basic Og==");
    }

    @Test
    void whereNobodyIsKnownTheFunctionFailsAndTheMetricTells() {
        var event = Events.text("operator_authorizer.json");

        assertThatThrownBy(() -> Events.handled(authorizer("{operators:["), event))
                .isInstanceOf(SecretUnavailable.class);

        var line = MetricLines.read(
                        lines.toString(StandardCharsets.UTF_8).lines().toList())
                .getFirst();
        assertThat(line.get("OperatorsUnreadable").asInt()).isEqualTo(1);
    }

    private OperatorAuthorizerHandler authorizer(OperatorRole role) {
        return authorizer(operators(role));
    }

    private String operators(OperatorRole role) {
        return OperatorsJson.write(List.of(new Operator("ada", role, PasswordHash.of("an example password", random))));
    }

    private OperatorAuthorizerHandler authorizer(String secret) {
        return authorizer(secret, () -> new MlflowLogin("admin", "secret"));
    }

    private OperatorAuthorizerHandler authorizer(String secret, Supplier<MlflowLogin> mlflow) {
        var clock = new MovableClock();
        var verification = new OperatorVerification(
                new OperatorDirectory(new RememberedSecret<>(() -> secret, OperatorsJson::read, clock), random),
                new OperatorMetrics(
                        new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), clock));
        return new OperatorAuthorizerHandler(verification, mlflow);
    }
}
