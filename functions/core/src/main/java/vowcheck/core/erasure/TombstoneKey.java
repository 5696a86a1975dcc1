package vowcheck.core.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;

/// Makes tombstones: HMAC-SHA-256 (RFC 2104) of what names an erased subject. With the key, it can be recognised
/// when it comes again; without it, nobody can find out an id by trying all of them. Thread-safe.
public final class TombstoneKey {

    /// As long as the hash: RFC 2104 discourages shorter ones.
    private static final int LEAST_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /// Occurs in no id, so that two subjects never have the same text.
    private static final String SEPARATOR = "\0";

    private final SecretKeySpec key;

    /// @param secret the key's text; throws [IllegalArgumentException] where it is shorter than 32 bytes
    public TombstoneKey(String secret) {
        var bytes = secret.getBytes(UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "the key of tombstones has %d bytes, expected %d or more".formatted(bytes.length, LEAST_BYTES));
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /// The tombstones of a subject. A request has one more without its client, for whoever knows the id only.
    public List<Sha256> all(ErasureSubject subject) {
        return switch (subject) {
            case ErasureSubject.OfLoan(var loanId) -> List.of(of(loanId));
            case ErasureSubject.OfRequest(var client, var requestId) ->
                List.of(of(client, requestId), ofAnyone(requestId));
        };
    }

    /// The tombstone of a loan.
    public Sha256 of(LoanId loanId) {
        return hash("loan", loanId.value());
    }

    /// The tombstone of a client's request.
    public Sha256 of(ClientName client, RequestId requestId) {
        return hash("request", client.value(), requestId.value());
    }

    /// The tombstone of the requests with that id, whoever made them.
    public Sha256 ofAnyone(RequestId requestId) {
        return hash("request of anyone", requestId.value());
    }

    private Sha256 hash(String... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Sha256.ofDigest(mac.doFinal(String.join(SEPARATOR, parts).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "TombstoneKey[…]";
    }
}
