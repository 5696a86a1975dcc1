package vowcheck.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    /// The JVM prints a warning when a size does not fit the others.
    @Test
    void aJvmWithTheHeapOfTheFunctionTakesTheOptionsWithoutAWarning() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:MaxHeapSize=1503m",
                        "-Xlog:gc+heap+coops=info,gc+init=info",
                        "-version")
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ProcessMemory.VARIABLES);

        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Heap Initial Capacity: 64M").doesNotContain("warning");
    }
}
