package vowcheck.adapters.operators;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.BasicCredentials;

/// Tells which operator a name and password belong to. Pairs that were verified are remembered until the operators
/// change, since a password hash is slow by design. Thread-safe.
public final class OperatorDirectory {

    private static final int MOST_REMEMBERED = 1_000;

    private final Supplier<List<Operator>> operators;
    private final SecureRandom random;

    private List<Operator> known = List.of();
    private final Map<String, Operator> verified = new HashMap<>();
    private @Nullable Mac fingerprint;

    /// @param operators asked at every call; use a [vowcheck.adapters.secrets.RememberedSecret]
    public OperatorDirectory(Supplier<List<Operator>> operators, SecureRandom random) {
        this.operators = operators;
        this.random = random;
    }

    /// The operator with that name and password. Refusing an unknown name takes as long as refusing a wrong password.
    public synchronized Optional<Operator> verified(BasicCredentials credentials) {
        refresh();
        var key = fingerprint(credentials);
        @Nullable Operator remembered = verified.get(key);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var named = known.stream()
                .filter(operator -> operator.name().equals(credentials.name()))
                .findFirst();
        boolean right = named.map(Operator::password).orElse(PasswordHash.DECOY).matches(credentials.password())
                && named.isPresent();
        if (!right) {
            return Optional.empty();
        }
        if (verified.size() < MOST_REMEMBERED) {
            verified.put(key, named.get());
        }
        return named;
    }

    private void refresh() {
        var current = operators.get();
        if (!current.equals(known)) {
            verified.clear();
            known = current;
        }
    }

    /// The key under which a pair is remembered: an HMAC by a key of this process, which is made at first use and so
    /// after SnapStart's restore.
    private String fingerprint(BasicCredentials credentials) {
        try {
            if (fingerprint == null) {
                var key = new byte[32];
                random.nextBytes(key);
                fingerprint = Mac.getInstance("HmacSHA256");
                fingerprint.init(new SecretKeySpec(key, "HmacSHA256"));
            }
            var pair = credentials.name() + '\0' + credentials.password();
            return Base64.getEncoder().encodeToString(fingerprint.doFinal(pair.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
