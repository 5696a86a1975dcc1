package vowcheck.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/// The machine that the figures were measured on, and how busy it was.
final class Machine {

    private static final int SYNCS = 200;
    private static final int PAGE_BYTES = 8192;

    private Machine() {}

    /// Its processor, and how busy other programs keep it.
    static Map<String, String> described() throws IOException {
        var machine = new LinkedHashMap<String, String>();
        machine.put("processor", first(Path.of("/proc/cpuinfo"), line -> line.startsWith("model name")));
        machine.put(
                "processors",
                Integer.toString(ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors()));
        machine.put("waiting before", waiting());
        machine.put("java", System.getProperty("java.vm.version"));
        return machine;
    }

    /// The disk of a folder, and what a durable write costs there.
    static Map<String, String> disk(Path folder) throws IOException {
        var disk = new LinkedHashMap<String, String>();
        disk.put("file system", Files.getFileStore(folder).type());
        disk.put("fdatasync", "%.3f ms".formatted(syncMillis(folder)));
        return disk;
    }

    /// The share of the last ten seconds in which some task waited for a processor; figures are useful only where it is
    /// small.
    static String waiting() throws IOException {
        var pressure = Path.of("/proc/pressure/cpu");
        if (!Files.isReadable(pressure)) {
            return "unknown: the kernel does not report it";
        }
        return first(pressure, line -> line.startsWith("some")).replaceAll(".*avg10=([0-9.]+).*", "$1 %");
    }

    private static String first(Path file, Predicate<String> wanted) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(wanted)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /// The median time to write one page of a file to disk, as PostgreSQL does at each commit.
    private static double syncMillis(Path folder) throws IOException {
        var file = Files.createTempFile(folder, "fdatasync", ".tmp");
        var nanos = new Histogram(3);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var page = ByteBuffer.allocate(PAGE_BYTES);
            for (int sync = 0; sync < SYNCS; sync++) {
                channel.write(page.clear(), 0);
                long begun = System.nanoTime();
                channel.force(false);
                nanos.recordValue(System.nanoTime() - begun);
            }
        } finally {
            Files.delete(file);
        }
        return nanos.getValueAtPercentile(50) / 1e6;
    }
}
