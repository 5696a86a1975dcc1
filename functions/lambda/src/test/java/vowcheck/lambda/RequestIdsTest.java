package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

    /// Environments that are restored from the same snapshot, so that their generators have the same state.
    private final RequestIds one = restored();

    private final RequestIds other = restored();

    @Test
    void renewedEnvironmentsOfOneSnapshotGenerateDifferentIds() {
        one.renew();
        other.renew();

        assertThat(one.get()).isNotEqualTo(other.get());
    }

    @Test
    void environmentsThatAreNotRenewedGenerateTheSameIds() {
        assertThat(one.get()).isEqualTo(other.get());
    }

    @Test
    void anIdIsARandomUuidOfVersionFour() {
        var uuid = UUID.fromString(one.get().value().substring("u.".length()));

        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(one.get()).isNotEqualTo(one.get());
    }

    private static RequestIds restored() {
        try {
            var random = SecureRandom.getInstance("SHA1PRNG"); // a generator whose output depends on its seed only
            random.setSeed(42);
            return new RequestIds(random);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
