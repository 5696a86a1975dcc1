package vowcheck.adapters.operators;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A salted password hash: PBKDF2 with HMAC-SHA256 (RFC 8018), salt and hash in Base64.
public record PasswordHash(int iterations, String salt, String hash) {

    /// As OWASP recommends for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet).
    private static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /// Matches no password. It is checked for unknown names, so that they take as long as known ones.
    static final PasswordHash DECOY =
            new PasswordHash(ITERATIONS, encoded(new byte[SALT_BYTES]), encoded(new byte[HASH_BITS / Byte.SIZE]));

    /// Hashes a password with a new salt.
    public static PasswordHash of(String password, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(ITERATIONS, encoded(salt), encoded(derived(password, salt, ITERATIONS)));
    }

    /// Shows the algorithm only.
    @Override
    public String toString() {
        return "PasswordHash[PBKDF2, %d iterations]".formatted(iterations);
    }

    /// Whether this is the password's hash. The comparison takes the same time for every answer.
    public boolean matches(String password) {
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(hash),
                derived(password, Base64.getDecoder().decode(salt), iterations));
    }

    private static byte[] derived(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
