package vowcheck.launcher;

import java.util.Set;
import java.util.regex.Pattern;
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

    /// The services name it differently.
    private static final Pattern DENIED = Pattern.compile(".*(AccessDenied|NotAuthorized|Unauthorized).*");

    private static final int FIRST_SERVER_ERROR = 500;

    private AwsFailure() {}

    /// One sentence.
    public static String sentence(SdkException failure) {
        return failure instanceof AwsServiceException refusal ? refused(refusal) : unanswered(failure);
    }

    /// Whether the caller lacks a right.
    public static boolean isDenied(AwsServiceException refusal) {
        return DENIED.matcher(code(refusal)).matches();
    }

    private static String refused(AwsServiceException refusal) {
        var code = code(refusal);
        var service = refusal.awsErrorDetails() == null
                ? "AWS"
                : refusal.awsErrorDetails().serviceName();
        if (UNKNOWN_CALLER.contains(code)) {
            return "AWS does not accept the credentials (%s): log in again".formatted(code);
        }
        if (isDenied(refusal)) {
            return "AWS refuses a call of %s (%s): the caller needs the rights that docs/operations.md lists"
                    .formatted(service, code);
        }
        if (refusal.isThrottlingException() || refusal.statusCode() >= FIRST_SERVER_ERROR) {
            return "%s is too busy or out of order (%s): try again later".formatted(service, code);
        }
        return "a call of %s failed (%s): %s".formatted(service, code, message(refusal));
    }

    private static String unanswered(SdkException failure) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains("load region")) {
            return "no region is set: AWS_REGION=eu-central-1 is that of the stages";
        }
        return message.contains("credentials")
                ? "no credentials of AWS are found: log in, or set AWS_PROFILE"
                : "AWS does not answer";
    }

    private static String message(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null
                ? String.valueOf(refusal.getMessage())
                : String.valueOf(refusal.awsErrorDetails().errorMessage());
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null
                ? "status " + refusal.statusCode()
                : String.valueOf(refusal.awsErrorDetails().errorCode());
    }
}
