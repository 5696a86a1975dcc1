package vowcheck.adapters.operators;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Tells which operator a name and password belong to. The secret, and the pairs that were found right, are
/// remembered for a while: a hash is made to be slow. Thread-safe.
public final class OperatorDirectory {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1_000;

    private final Supplier<String> secret;
    private final InstantSource clock;
    private final SecureRandom random;

    private List<Operator> operators = List.of();
    private Instant readAt = Instant.MIN;
    private final Map<String, String> verified = new HashMap<>();
    private @Nullable Mac fingerprint;

    /// @param secret reads the secret's text (see [OperatorsJson])
    public OperatorDirectory(Supplier<String> secret, InstantSource clock, SecureRandom random) {
        this.secret = secret;
        this.clock = clock;
        this.random = random;
    }

    /// The operator's name if the password is theirs. An unknown name takes as long as a wrong password.
    public synchronized Optional<String> verified(String name, String password) {
        refresh();
        var key = fingerprint(name, password);
        if (verified.containsKey(key)) {
            return Optional.of(name);
        }
        var hash = operators.stream()
                .filter(operator -> operator.name().equals(name))
                .map(Operator::password)
                .findFirst();
        boolean right = hash.orElse(PasswordHash.OF_NOBODY).matches(password) && hash.isPresent();
        if (right && verified.size() < MOST_REMEMBERED) {
            verified.put(key, name);
        }
        return right ? Optional.of(name) : Optional.empty();
    }

    private void refresh() {
        var now = clock.instant();
        if (readAt.isBefore(now.minus(REMEMBERED))) {
            operators = OperatorsJson.read(secret.get());
            verified.clear();
            readAt = now;
        }
    }

    /// Stands for the pair in memory; keyed by a number of this process, made at first use and so after
    /// SnapStart's restore.
    private String fingerprint(String name, String password) {
        try {
            if (fingerprint == null) {
                var key = new byte[32];
                random.nextBytes(key);
                fingerprint = Mac.getInstance("HmacSHA256");
                fingerprint.init(new SecretKeySpec(key, "HmacSHA256"));
            }
            var pair = name + '\0' + password;
            return Base64.getEncoder().encodeToString(fingerprint.doFinal(pair.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
