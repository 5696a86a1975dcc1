package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessEffortTest {

    @Test
    void saysTimeAndMemory() {
        var effort = new ProcessEffort(Duration.ofMillis(4249), OptionalLong.of(310 * 1024));

        assertThat(effort).hasToString("4.2 s, at most 310 MiB of memory");
    }

    @Test
    void memoryThatNobodyKnowsIsLeftOut() {
        assertThat(new ProcessEffort(Duration.ofSeconds(4), OptionalLong.empty()))
                .hasToString("4.0 s");
    }

    @Test
    void thisProcessHoldsMoreThanItsHeapHolds() {
        var runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) / 1024;

        assertThat(ProcessEffort.soFar().peakKibibytes().orElseThrow()).isGreaterThan(heap);
    }
}
