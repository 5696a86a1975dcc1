package vowcheck.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// The time and memory that this process has used. The size of the task in the CDK app is based on it.
///
/// @param time since the process was started
/// @param peakKibibytes peak memory, including that of native libraries; empty where there is no `/proc`
record ProcessUsage(Duration time, OptionalLong peakKibibytes) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    static ProcessUsage soFar() {
        var started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return new ProcessUsage(Duration.between(started, Instant.now()), peak());
    }

    private static OptionalLong peak() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /// Such as `4.2 s, at most 310 MiB of memory`.
    @Override
    public String toString() {
        var memory = peakKibibytes.isPresent()
                ? ", at most %d MiB of memory".formatted(peakKibibytes.getAsLong() / 1024)
                : "";
        return "%.1f s%s".formatted(time.toMillis() / 1000.0, memory);
    }
}
