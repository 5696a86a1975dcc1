package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void saysTimeAndMemory() {
        var usage = new ProcessUsage(Duration.ofMillis(4249), OptionalLong.of(310 * 1024));

        assertThat(usage).hasToString("4.2 s, at most 310 MiB of memory");
    }

    @Test
    void unknownMemoryIsLeftOut() {
        assertThat(new ProcessUsage(Duration.ofSeconds(4), OptionalLong.empty()))
                .hasToString("4.0 s");
    }

    @Test
    void thePeakExceedsTheHeap() {
        var runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) / 1024;

        assertThat(ProcessUsage.soFar().peakKibibytes().orElseThrow()).isGreaterThan(heap);
    }
}
