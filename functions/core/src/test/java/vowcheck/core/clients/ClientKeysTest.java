package vowcheck.core.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Random RANDOM = new Random(7);

    private final ApiKey first = key();
    private final ApiKey second = key();
    private final ApiKey third = key();

    @Test
    void aNewKeyLeavesTheOldOneValidForTheStatedTime() {
        var keys = ClientKeys.NONE.with(first, NOW, DAY).with(second, NOW, DAY);

        assertThat(keys.newestAt(NOW)).contains(second);
        assertThat(keys.validAt(NOW)).extracting(IssuedKey::key).containsExactly(first, second);
        assertThat(keys.validAt(NOW.plus(DAY).minusNanos(1))).hasSize(2);
        assertThat(keys.validAt(NOW.plus(DAY))).extracting(IssuedKey::key).containsExactly(second);
        assertThat(keys.find(first.id()).orElseThrow().end()).contains(NOW.plus(DAY));
        assertThat(keys.find(second.id()).orElseThrow().end()).isEmpty();
    }

    @Test
    void aLaterKeyDoesNotProlongAnEarlierEnd() {
        var later = NOW.plus(Duration.ofHours(1));
        var keys = ClientKeys.NONE.with(first, NOW, DAY).with(second, NOW, DAY).with(third, later, DAY);

        assertThat(keys.find(first.id()).orElseThrow().end()).contains(NOW.plus(DAY));
        assertThat(keys.find(second.id()).orElseThrow().end()).contains(later.plus(DAY));
    }

    @Test
    void withoutAnyTimeTheOldKeyEndsAtOnce() {
        var keys = ClientKeys.NONE.with(first, NOW, DAY).with(second, NOW, Duration.ZERO);

        assertThat(keys.validAt(NOW)).extracting(IssuedKey::key).containsExactly(second);
    }

    @Test
    void keysThatEndedLongAgoAreForgotten() {
        var keys = ClientKeys.NONE
                .with(first, NOW, DAY)
                .with(second, NOW, DAY)
                .with(third, NOW.plus(Duration.ofDays(9)), DAY);

        assertThat(keys.keys()).extracting(IssuedKey::key).containsExactly(second, third);
    }

    @Test
    void aRevokedKeyHasEnded() {
        var keys = ClientKeys.NONE.with(first, NOW, DAY).with(second, NOW, DAY).revoked(second.id(), NOW);

        assertThat(keys.find(second.id()).orElseThrow().hasEndedBy(NOW)).isTrue();
        assertThat(keys.newestAt(NOW)).contains(first);
        assertThat(keys.revoked(first.id(), NOW).newestAt(NOW)).isEmpty();
    }

    @Test
    void anIdNamesTheClientAndHidesMostOfTheKey() {
        assertThat(first.id().client()).isEqualTo(ClientName.CLERKS);
        assertThat(first.value()).startsWith("clerks" + first.id().value().substring("clerks-".length()));
        assertThatThrownBy(() -> new KeyId("clerks")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ApiKey key() {
        return ApiKey.random(ClientName.CLERKS, RANDOM);
    }
}
