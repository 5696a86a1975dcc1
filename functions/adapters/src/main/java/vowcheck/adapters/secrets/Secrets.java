package vowcheck.adapters.secrets;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Reads secrets by name or ARN.
public final class Secrets {

    private final SecretsManagerClient client;

    public Secrets(SecretsManagerClient client) {
        this.client = client;
    }

    /// A secret's text; throws [SecretUnavailable] when it cannot be read.
    public String text(String nameOrArn) {
        try {
            return client.getSecretValue(request -> request.secretId(nameOrArn)).secretString();
        } catch (SdkException e) {
            throw new SecretUnavailable("the secret %s cannot be read".formatted(nameOrArn), e);
        }
    }
}
