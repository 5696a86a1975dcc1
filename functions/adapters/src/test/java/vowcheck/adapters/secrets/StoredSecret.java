package vowcheck.adapters.secrets;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets Manager with one secret, which can be changed and deleted.
public final class StoredSecret implements SecretsManagerClient {

    private GetSecretValueResponse.@Nullable Builder value;

    /// The secret has this text from now on.
    public void text(String text) {
        value = GetSecretValueResponse.builder().secretString(text);
    }

    /// The secret has a binary value from now on, and no text.
    void binary() {
        value = GetSecretValueResponse.builder();
    }

    /// There is no secret from now on.
    public void delete() {
        value = null;
    }

    /// This secret, as programs read it.
    public Secrets secrets() {
        return new Secrets(this);
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        if (value == null) {
            throw ResourceNotFoundException.builder().message("by the test").build();
        }
        return value.build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
