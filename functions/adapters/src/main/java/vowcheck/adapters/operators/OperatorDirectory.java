package vowcheck.adapters.operators;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.SecretUnavailable;

/// Tells which operator a name and password belong to. Pairs that were verified are remembered until the operators
/// change, since a password hash is slow by design. Thread-safe.
public final class OperatorDirectory {

    private static final int MOST_REMEMBERED = 1_000;

    private static final Logger LOG = System.getLogger(OperatorDirectory.class.getName());

    private final RememberedSecret<OperatorEntries> secret;
    private final SecureRandom random;

    private OperatorEntries entries = new OperatorEntries(List.of(), List.of());
    private List<Operator> known = List.of();
    private final Map<String, Operator> verified = new HashMap<>();
    private @Nullable Mac fingerprint;

    public OperatorDirectory(RememberedSecret<OperatorEntries> secret, SecureRandom random) {
        this.secret = secret;
        this.random = random;
    }

    /// The operator with that name and password. Refusing an unknown name takes as long as refusing a wrong
    /// password. For a wrong pair the secret is read again, at most every few seconds.
    ///
    /// A person whose entry cannot be read any more stays known as before. Throws [SecretUnavailable] where the
    /// secret cannot be read, or has entries of which none can be used and nobody is known from before.
    public synchronized Optional<Operator> verified(BasicCredentials credentials) {
        refresh(secret.get());
        if (nobodyIsReadable()) {
            refresh(secret.renewed());
        }
        var found = find(credentials);
        return found.isEmpty() && refresh(secret.renewed()) ? find(credentials) : found;
    }

    /// How many entries of the secret could not be read when it was last looked at.
    public synchronized int unreadable() {
        return entries.unreadable().size();
    }

    private boolean nobodyIsReadable() {
        return known.isEmpty() && !entries.unreadable().isEmpty();
    }

    private Optional<Operator> find(BasicCredentials credentials) {
        if (nobodyIsReadable()) {
            throw new SecretUnavailable("no entry of the operators' secret can be read", null);
        }
        var key = fingerprint(credentials);
        @Nullable Operator remembered = verified.get(key);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var named = known.stream()
                .filter(operator -> operator.name().equals(credentials.name()))
                .findFirst();
        boolean right = named.map(Operator::password).orElseGet(this::decoy).matches(credentials.password())
                && named.isPresent();
        if (!right) {
            return Optional.empty();
        }
        if (verified.size() < MOST_REMEMBERED) {
            verified.put(key, named.get());
        }
        return named;
    }

    /// Of the slowest algorithm in use; only among hashes of several releases does the time tell which one a name has.
    private PasswordHash decoy() {
        boolean old =
                known.stream().anyMatch(operator -> operator.password().algorithm() == PasswordHash.Algorithm.SHA256);
        return PasswordHash.decoy(old ? PasswordHash.Algorithm.SHA256 : PasswordHash.Algorithm.SHA512);
    }

    /// Whether the secret has changed.
    private boolean refresh(OperatorEntries current) {
        if (current.equals(entries)) {
            return false;
        }
        current.unreadable().forEach(entry -> LOG.log(Level.WARNING, "the operators'' secret: {0}", entry.reason()));
        var names = current.operators().stream().map(Operator::name).toList();
        var all = new ArrayList<>(current.operators());
        known.stream()
                .filter(operator -> !names.contains(operator.name()) && current.mayMean(operator.name()))
                .forEach(all::add);
        entries = current;
        known = all;
        verified.clear();
        return true;
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
