package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AtMostTest {

    private final AtomicInteger times = new AtomicInteger();

    @Test
    void aFastMachineDoesItSoManyTimes() {
        new AtMost(7, Duration.ofDays(1)).each(times::incrementAndGet);

        assertThat(times).hasValue(7);
    }

    @Test
    void aMachineThatIsTooSlowDoesItOnce() {
        new AtMost(7, Duration.ZERO).each(times::incrementAndGet);

        assertThat(times).hasValue(1);
    }

    @Test
    void turnsShareTimesAndTime() {
        assertThat(new AtMost(8, Duration.ofSeconds(20)).turn(4)).isEqualTo(new AtMost(2, Duration.ofSeconds(5)));
    }
}
