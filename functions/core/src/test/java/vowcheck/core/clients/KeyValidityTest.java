package vowcheck.core.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.MovableClock;

class KeyValidityTest {

    private static final Duration AGE = Duration.ofSeconds(30);
    private static final ApiKey KEY = ApiKey.random(ClientName.CLERKS, new Random(7));

    private final MovableClock clock = new MovableClock();
    private final Map<KeyId, Instant> ends = new HashMap<>();
    private boolean reachable = true;
    private int reads;
    private final KeyValidity validity = new KeyValidity(this::read, AGE, clock);

    @Test
    void aKeyIsRefusedFromItsEndOn() {
        ends.put(KEY.id(), clock.instant().plusSeconds(10));
        validity.require(KEY);
        clock.pass(Duration.ofSeconds(9));
        validity.require(KEY);

        clock.pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> validity.require(KEY))
                .isInstanceOf(KeyEnded.class)
                .hasMessageContaining(String.valueOf(clock.instant()));
        assertThat(reads).isOne();
    }

    @Test
    void anEndThatIsSetLaterIsReadAfterTheRefreshAge() {
        validity.require(KEY);
        ends.put(KEY.id(), clock.instant());
        validity.require(KEY);

        clock.pass(AGE.plusMillis(1));

        assertThatThrownBy(() -> validity.require(KEY)).isInstanceOf(KeyEnded.class);
    }

    @Test
    void aRestoredProcessReadsTheEndsAtOnce() {
        validity.require(KEY);
        ends.put(KEY.id(), clock.instant());

        validity.checkAgain();

        assertThatThrownBy(() -> validity.require(KEY)).isInstanceOf(KeyEnded.class);
    }

    @Test
    void whatWasReadLastStaysInForceWhileTheEndsCannotBeRead() {
        ends.put(KEY.id(), clock.instant());
        assertThatThrownBy(() -> validity.require(KEY)).isInstanceOf(KeyEnded.class);
        reachable = false;
        clock.pass(AGE.plusMillis(1));

        assertThatThrownBy(() -> validity.require(KEY)).isInstanceOf(KeyEnded.class);
        assertThatThrownBy(() -> validity.require(KEY)).isInstanceOf(KeyEnded.class);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aProcessThatHasNeverReadTheEndsRefusesNobody() {
        reachable = false;

        assertThatCode(() -> validity.require(KEY)).doesNotThrowAnyException();
    }

    private Map<KeyId, Instant> read() {
        reads++;
        if (!reachable) {
            throw new KeyEndsUnavailable("out of reach", new IllegalStateException("by the test"));
        }
        return ends;
    }
}
