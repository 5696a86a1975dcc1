package vowcheck.adapters.operators;

import java.security.SecureRandom;

/// A person who may do more than the clerks: their name, their role, and the hash of their password.
///
/// @param name has no colon, which separates name and password in Basic credentials (RFC 7617)
public record Operator(String name, OperatorRole role, PasswordHash password) {

    private static final int SHORTEST_PASSWORD = 12;

    /// An operator with that password; throws [IllegalArgumentException] for an invalid name or too short a password.
    public static Operator of(String name, OperatorRole role, String password, SecureRandom random) {
        if (name.isBlank() || name.contains(":")) {
            throw new IllegalArgumentException("an operator's name is not blank and has no colon");
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "an operator's password has %d characters or more".formatted(SHORTEST_PASSWORD));
        }
        return new Operator(name, role, PasswordHash.of(password, random));
    }
}
