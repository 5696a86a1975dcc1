package vowcheck.adapters.secrets;

import org.jspecify.annotations.Nullable;
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
            throw new SecretUnavailable("the secret %s cannot be read".formatted(nameOrArn), e);
        }
        if (text == null) {
            throw new SecretUnavailable("the secret %s is binary, expected a text".formatted(nameOrArn), null);
        }
        return text;
    }
}
