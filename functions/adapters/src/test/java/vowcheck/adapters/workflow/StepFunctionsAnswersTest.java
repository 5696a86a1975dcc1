package vowcheck.adapters.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.aws.AwsEndpoint;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.workflow.ApprovalAnswer;
import vowcheck.core.workflow.WorkflowUnavailable;

class StepFunctionsAnswersTest {

    private static final ApprovalAnswer APPROVED = new ApprovalAnswer(true, "ada", "looks \"right\"");

    private final AwsEndpoint aws = new AwsEndpoint();
    private final StepFunctionsAnswers answers = new StepFunctionsAnswers(aws.client(SfnClient.builder()));

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void anExecutionGetsTheAnswerByItsToken() {
        aws.answers(200, Map.of(), "{}");

        assertThat(answers.resume("the token", APPROVED)).isTrue();

        var asked = JsonDocument.parse(aws.asked().body());
        assertThat(asked.text("taskToken")).isEqualTo("the token");
        assertThat(ApprovalAnswerJson.read(JsonDocument.parse(asked.text("output"))))
                .isEqualTo(APPROVED);
    }

    @Test
    void anAnswerOfNobodyHasNoName() {
        assertThat(ApprovalAnswerJson.read(JsonDocument.parse("{\"approved\":false,\"reason\":\"late\"}")))
                .isEqualTo(new ApprovalAnswer(false, "", "late"));
        assertThatThrownBy(() -> ApprovalAnswerJson.read(JsonDocument.parse("{\"approved\":true,\"reason\":\"late\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The last one is the answer to a token of another account, or of nobody.
    @ParameterizedTest
    @ValueSource(strings = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
    void anExecutionThatWaitsNoLongerGetsNoAnswer(String error) {
        aws.answers(400, Map.of(), """
                {"__type":"com.amazonaws.swf.service.v2.model#%s","message":"No"}""".formatted(error));

        assertThat(answers.resume("the token", APPROVED)).isFalse();
    }

    @Test
    void aCallThatIsRefusedIsNoLateAnswer() {
        aws.denies();

        assertThatThrownBy(() -> answers.resume("the token", APPROVED)).isInstanceOf(WorkflowUnavailable.class);
    }
}
