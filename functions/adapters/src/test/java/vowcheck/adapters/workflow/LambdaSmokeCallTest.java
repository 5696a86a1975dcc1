package vowcheck.adapters.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.aws.AwsEndpoint;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.workflow.ServingNotReady;
import vowcheck.core.workflow.SmokeCall;
import vowcheck.core.workflow.WorkflowUnavailable;

class LambdaSmokeCallTest {

    private static final ModelIdentity THREE = ModelFixtures.identity("3");
    private static final String NAMED =
            "\"model_version\":\"3\",\"manifest_sha256\":\"%s\"".formatted(THREE.manifestHash());

    private final AwsEndpoint aws = new AwsEndpoint();
    private final LambdaSmokeCall smoke = new LambdaSmokeCall(aws.client(LambdaClient.builder()), "scoring:live");

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void theFunctionIsAskedForTheVersionAndItsAnswerIsRead() {
        aws.answers(200, Map.of("X-Amz-Executed-Version", "7"), "{%s,\"probability\":0.125}".formatted(NAMED));

        assertThat(smoke.answer(THREE)).isEqualTo(new SmokeCall.Answer(THREE, 0.125));
        assertThat(aws.asked())
                .isEqualTo(new AwsEndpoint.Asked(
                        "/2015-03-31/functions/scoring%3Alive/invocations", "", "{\"smoke\":{%s}}".formatted(NAMED)));
    }

    @Test
    void aFunctionThatFailsIsNamedAnUnavailableService() {
        aws.answers(200, Map.of("X-Amz-Function-Error", "Unhandled"), """
            {"errorMessage":"no model yet","errorType":"vowcheck.core.model.ModelStoreUnavailable"}\
            """);

        assertThatThrownBy(() -> smoke.answer(THREE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("the scoring function failed: Unhandled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"model_version\":\"3\",\"probability\":0.5}",
                "{\"model_version\":3,\"probability\":0.5}"
            })
    void anAnswerWithoutModelAndProbabilityIsNone(String payload) {
        aws.answers(200, Map.of(), payload);

        assertThatThrownBy(() -> smoke.answer(THREE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessageStartingWith("the scoring function did not answer the smoke call: ");
    }

    /// The status and the type are those that Lambda's API documents.
    @Test
    void aSnapshotThatIsInitializedAnewIsNoFailureOfTheFunction() {
        aws.answers(409, Map.of("x-amzn-ErrorType", "SnapStartNotReadyException"), """
            {"Type":"User","Message":"not ready"}\
            """);

        assertThatThrownBy(() -> smoke.answer(THREE))
                .isInstanceOf(ServingNotReady.class)
                .hasMessage("Lambda is initializing the scoring function's snapshot anew");
    }

    @Test
    void aRefusedInvocationIsNamed() {
        aws.denies();

        assertThatThrownBy(() -> smoke.answer(THREE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("Lambda did not invoke the scoring function");
    }
}
