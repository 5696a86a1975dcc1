package vowcheck.launcher;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Says why a call of AWS has failed, in the caller's terms.
public final class AwsFailure {

    /// The errors by which services say that they do not know the caller, or not any more.
    private static final Set<String> UNKNOWN_CALLER = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private AwsFailure() {}

    /// One sentence.
    public static String sentence(SdkException failure) {
        if (failure instanceof AwsServiceException refusal) {
            var error = refusal.awsErrorDetails();
            return UNKNOWN_CALLER.contains(String.valueOf(error.errorCode()))
                    ? "AWS does not accept the credentials (%s): log in again".formatted(error.errorCode())
                    : "AWS refuses a call of %s (%s, status %d): the caller needs the rights that docs/operations.md lists"
                            .formatted(error.serviceName(), error.errorCode(), refusal.statusCode());
        }
        var message = String.valueOf(failure.getMessage());
        if (message.contains("load region")) {
            return "no region is set: AWS_REGION=eu-central-1 is that of the stages";
        }
        return message.contains("credentials")
                ? "no credentials of AWS are found: log in, or set AWS_PROFILE"
                : "AWS does not answer";
    }
}
