package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.model.SfnException;

class AwsFailureTest {

    @Test
    void aRefusalNamesTheServiceAndItsError() {
        assertThat(AwsFailure.sentence(refusal("AccessDeniedException")))
                .isEqualTo("AWS refuses a call of Sfn (AccessDeniedException): the caller needs the rights that"
                        + " docs/operations.md lists");
    }

    @Test
    void whoeverIsTooFastTriesAgain() {
        assertThat(AwsFailure.sentence(refusal("ThrottlingException")))
                .isEqualTo("Sfn is too busy or out of order (ThrottlingException): try again later");
    }

    @Test
    void anyOtherRefusalIsRepeated() {
        assertThat(AwsFailure.sentence(refusal("ExecutionDoesNotExist")))
                .isEqualTo("a call of Sfn failed (ExecutionDoesNotExist): no such execution");
    }

    @Test
    void whoeverIsNotKnownAnyMoreLogsIn() {
        assertThat(AwsFailure.sentence(refusal("ExpiredTokenException")))
                .isEqualTo("AWS does not accept the credentials (ExpiredTokenException): log in again");
    }

    /// The beginnings of the SDK's own sentences.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Unable to load region from any of the providers in the chain, no region is set: AWS_REGION=eu-central-1"
                        + " is that of the stages",
                "Unable to load credentials from any of the providers in the chain, `no credentials of AWS are found: log"
                        + " in, or set AWS_PROFILE`",
                "Unable to execute HTTP request: Connection refused, AWS does not answer",
            })
    void whatIsMissingIsNamed(String message, String sentence) {
        assertThat(AwsFailure.sentence(SdkClientException.create(message))).isEqualTo(sentence);
    }

    private static SfnException refusal(String code) {
        return (SfnException) SfnException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sfn")
                        .errorCode(code)
                        .errorMessage("no such execution")
                        .build())
                .build();
    }
}
