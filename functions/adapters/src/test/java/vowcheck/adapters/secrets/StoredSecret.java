package vowcheck.adapters.secrets;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/// Secrets Manager with one secret, which can be changed and deleted.
public final class StoredSecret implements SecretsManagerClient {

    private GetSecretValueResponse.@Nullable Builder value;
    private String refusal = "ResourceNotFoundException";

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

    /// From now on, the secret cannot be read, because of this error.
    void refuse(String error) {
        value = null;
        refusal = error;
    }

    /// This secret, as programs read it.
    public Secrets secrets() {
        return new Secrets(this);
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        if (value == null) {
            throw SecretsManagerException.builder()
                    .awsErrorDetails(
                            AwsErrorDetails.builder().errorCode(refusal).build())
                    .message("by the test")
                    .build();
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
