package vowcheck.adapters.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a connection to the database is secured: the values of libpq's `sslmode` that this service uses,
/// https://www.postgresql.org/docs/current/libpq-ssl.html.
public enum SslMode {
    /// No TLS.
    DISABLE,
    /// TLS, without a check of the server's certificate.
    REQUIRE,
    /// TLS, and the certificate must be valid for the server's host name.
    VERIFY_FULL;

    /// The mode of that name; throws [IllegalStateException] for another.
    public static SslMode named(String libpqName) {
        return Arrays.stream(values())
                .filter(mode -> mode.libpqName().equals(libpqName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("sslmode is '%s', expected %s"
                        .formatted(
                                libpqName,
                                Arrays.stream(values()).map(SslMode::libpqName).collect(Collectors.joining(", ")))));
    }

    /// The name in libpq, such as `verify-full`.
    public String libpqName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
