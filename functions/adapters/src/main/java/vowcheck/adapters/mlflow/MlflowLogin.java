package vowcheck.adapters.mlflow;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.secrets.BasicCredentials;

/// A user of MLflow and its password, as in a secret `{"username","password"}`.
public record MlflowLogin(String username, String password) {

    /// Reads a secret's text; other fields are ignored.
    public static MlflowLogin fromSecret(String json) {
        var secret = JsonDocument.parse(json);
        return new MlflowLogin(secret.text("username"), secret.text("password"));
    }

    /// The value of the header `Authorization` (RFC 7617).
    public String authorization() {
        return new BasicCredentials(username, password).authorization();
    }

    /// Names only the user.
    @Override
    public String toString() {
        return "MlflowLogin[" + username + "]";
    }
}
