package vowcheck.core.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A SHA-256 digest, as 64 lower-case hexadecimal digits. Capitals are read, too: some tools print them.
public record Sha256(String hex) {

    private static final Pattern ALLOWED = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!ALLOWED.matcher(hex).matches()) {
            throw new IllegalArgumentException("SHA-256 '%s', expected 64 hexadecimal digits".formatted(hex));
        }
    }

    /// The digest of a file's bytes.
    public static Sha256 of(byte[] bytes) {
        return of(Stream.of(bytes));
    }

    /// The digest of content that comes in parts, as if they were one array.
    public static Sha256 of(Stream<byte[]> parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            parts.sequential().forEachOrdered(digest::update);
            return new Sha256(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The digest with these 32 bytes.
    public static Sha256 ofDigest(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /// The digest's 32 bytes.
    public byte[] digest() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
