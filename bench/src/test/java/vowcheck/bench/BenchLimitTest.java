package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BenchLimitTest {

    @Test
    void whatTakesTooLongIsEnded() throws InterruptedException {
        var expired = new CountDownLatch(1);

        try (var _ = BenchLimit.start(Duration.ZERO, expired::countDown)) {
            assertThat(expired.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        var limit = BenchLimit.start(Duration.ofDays(1), () -> {});
        assertThat(limit.isKept()).isFalse();

        limit.close();

        assertThat(limit.isKept()).isTrue();
    }
}
