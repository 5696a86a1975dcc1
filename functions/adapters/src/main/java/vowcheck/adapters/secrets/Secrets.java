package vowcheck.adapters.secrets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Reads secrets by name or ARN.
public final class Secrets {

    private final SecretsManagerClient client;

    public Secrets(SecretsManagerClient client) {
        this.client = client;
    }

    /// A secret's text; throws [SecretUnavailable] when it cannot be read, or was stored as binary.
    public String text(String nameOrArn) {
        @Nullable String text;
        try {
            text = client.getSecretValue(request -> request.secretId(nameOrArn)).secretString();
        } catch (SdkException e) {
            var sentence = deletion(nameOrArn, e).orElse("the secret %s cannot be read".formatted(nameOrArn));
            throw new SecretUnavailable(sentence, e);
        }
        if (text == null) {
            throw new SecretUnavailable("the secret %s is binary, expected a text".formatted(nameOrArn), null);
        }
        return text;
    }

    /// What to do about a secret that cannot be read because somebody has deleted it; empty where the cause is another.
    public static Optional<String> deletion(String nameOrArn, SdkException failure) {
        var error = failure instanceof AwsServiceException refusal ? refusal.awsErrorDetails() : null;
        return switch (error == null ? "" : String.valueOf(error.errorCode())) {
            // the only state in which a secret can be found, but not read
            case "InvalidRequestException" ->
                Optional.of("the secret %s is marked for deletion: restore it, as docs/operations.md says"
                        .formatted(nameOrArn));
            // also the answer for a secret without a value, as one made by hand may be
            case "ResourceNotFoundException" ->
                Optional.of("the secret %s does not exist or has no value: docs/operations.md says what to do"
                        .formatted(nameOrArn));
            default -> Optional.empty();
        };
    }
}
