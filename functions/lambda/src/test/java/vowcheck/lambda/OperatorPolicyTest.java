package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.lambda.http.ApiRoute;

class OperatorPolicyTest {

    private static final String STAGE = "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3d4e5/v1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET/mlflow",
                "GET/mlflow/",
                "POST/mlflow/api/2.0/mlflow/runs/search",
                "DELETE/mlflow/ajax-api/2.0/mlflow/x/y",
            })
    void anOperatorMayCallMlflow(String call) {
        assertThat(allows(OperatorRole.OPERATOR, call)).isTrue();
    }

    @Test
    void aPersonMayMakeTheCallsOfTheRoleAndNoOther() {
        for (var route : ApiRoute.values()) {
            for (var method : route.methods()) {
                var call = method + route.path().replaceAll("\\{[^}]*}", "any");
                boolean forAuditors = route.access() == ApiRoute.Access.AUDITOR;
                assertThat(allows(OperatorRole.OPERATOR, call))
                        .as("%s %s", method, route.path())
                        .isEqualTo(forAuditors || route.access() == ApiRoute.Access.OPERATOR);
                assertThat(allows(OperatorRole.AUDITOR, call))
                        .as("%s %s", method, route.path())
                        .isEqualTo(forAuditors);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET/update-model",
                "POST/update-model/more",
                "POST/update-mode",
                "GET/mlflows",
                "GET/mlfloW/x",
                "GET/other/mlflow/x",
            })
    void anOperatorMayNotCallWhatNoRouteHas(String call) {
        assertThat(allows(OperatorRole.OPERATOR, call)).isFalse();
    }

    @Test
    void thePolicyIsAboutOneStageOfOneApi() {
        var policy = policy(OperatorRole.OPERATOR);

        assertThat(policy.texts("Resource"))
                .allSatisfy(resource -> assertThat(resource).startsWith(STAGE + "/"));
    }

    @Test
    void anAuditorMaySearchAndExportPredictionsAndNothingElse() {
        var policy = policy(OperatorRole.AUDITOR);

        assertThat(policy.text("Effect")).isEqualTo("Allow");
        assertThat(policy.texts("Resource"))
                .containsExactly(
                        STAGE + "/POST/predictions/search",
                        STAGE + "/POST/operations/exports",
                        STAGE + "/GET/operations/exports/*",
                        STAGE + "/HEAD/operations/exports/*");
    }

    @Test
    void anEventThatNamesNoMethodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorPolicy.of(OperatorRole.OPERATOR, "arn:aws:execute-api"))
                .withMessageContaining("methodArn is 'arn:aws:execute-api'");
    }

    /// As IAM reads it: `*` stands for any text, and the case counts.
    private static boolean allows(OperatorRole role, String call) {
        var policy = policy(role);
        return policy.text("Effect").equals("Allow")
                && policy.texts("Resource").stream()
                        .anyMatch(resource -> (STAGE + "/" + call).matches(expression(resource)));
    }

    private static String expression(String resource) {
        return Arrays.stream(resource.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private static JsonDocument policy(OperatorRole role) {
        var policy = OperatorPolicy.of(role, STAGE + "/POST/update-model").json();
        List<JsonDocument> statements = JsonDocument.parse(policy).documents("Statement");
        assertThat(statements).hasSize(1);
        return statements.getFirst();
    }
}
