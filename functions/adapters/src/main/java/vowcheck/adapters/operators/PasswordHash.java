package vowcheck.adapters.operators;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A salted password hash: PBKDF2 (RFC 8018), salt and hash in Base64.
public record PasswordHash(Algorithm algorithm, int iterations, String salt, String hash) {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /// The pseudorandom function, with as many iterations as OWASP recommends (Password Storage Cheat Sheet): both make
    /// guessing equally slow. SHA-512 takes half as long on the JVMs of functions, which do without the second
    /// compiler and so without the processor's instructions for SHA-256.
    public enum Algorithm {
        /// Of hashes that name no algorithm.
        SHA256("PBKDF2WithHmacSHA256", 600_000),
        /// Of new hashes.
        SHA512("PBKDF2WithHmacSHA512", 210_000);

        private final String javaName;
        private final int iterations;

        Algorithm(String javaName, int iterations) {
            this.javaName = javaName;
            this.iterations = iterations;
        }

        /// The algorithm of that name; throws [IllegalArgumentException] for any other than `sha256` and `sha512`.
        public static Algorithm named(String name) {
            for (var algorithm : values()) {
                if (algorithm.text().equals(name)) {
                    return algorithm;
                }
            }
            throw new IllegalArgumentException("an algorithm is '%s', expected sha256 or sha512".formatted(name));
        }

        /// The name in the secret.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Hashes a password with a new salt.
    public static PasswordHash of(String password, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var algorithm = Algorithm.SHA512;
        int iterations = algorithm.iterations;
        return new PasswordHash(
                algorithm, iterations, encoded(salt), encoded(derived(algorithm, password, salt, iterations)));
    }

    /// A hash that no password has, and that takes as long to check as any other of the algorithm.
    static PasswordHash decoy(Algorithm algorithm) {
        return new PasswordHash(
                algorithm,
                algorithm.iterations,
                encoded(new byte[SALT_BYTES]),
                encoded(new byte[HASH_BITS / Byte.SIZE]));
    }

    /// Shows the algorithm only.
    @Override
    public String toString() {
        return "PasswordHash[%s, %d iterations]".formatted(algorithm, iterations);
    }

    /// Whether this is the password's hash. The comparison takes the same time for every answer.
    public boolean matches(String password) {
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(hash),
                derived(algorithm, password, Base64.getDecoder().decode(salt), iterations));
    }

    private static byte[] derived(Algorithm algorithm, String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance(algorithm.javaName)
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has %s".formatted(algorithm.javaName), e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
