package vowcheck.adapters.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import vowcheck.adapters.json.JsonDocument;

/// A user of MLflow and its password, as a secret `{"username","password"}` holds them.
public record MlflowLogin(String username, String password) {

    /// Reads a secret's text; other fields are ignored.
    public static MlflowLogin fromSecret(String json) {
        var secret = JsonDocument.parse(json);
        return new MlflowLogin(secret.text("username"), secret.text("password"));
    }

    /// The value of the header `Authorization` (RFC 7617).
    public String authorization() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /// Names the user only.
    @Override
    public String toString() {
        return "MlflowLogin[" + username + "]";
    }
}
