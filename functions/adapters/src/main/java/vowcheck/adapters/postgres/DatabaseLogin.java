package vowcheck.adapters.postgres;

import vowcheck.adapters.json.JsonDocument;

/// A database role and its password, as in a secret `{"username","password"}`.
public record DatabaseLogin(String username, String password) {

    /// Reads a secret's text; other fields are ignored.
    public static DatabaseLogin fromSecret(String json) {
        var secret = JsonDocument.parse(json);
        return new DatabaseLogin(secret.text("username"), secret.text("password"));
    }

    /// Shows the role only.
    @Override
    public String toString() {
        return "DatabaseLogin[" + username + "]";
    }
}
