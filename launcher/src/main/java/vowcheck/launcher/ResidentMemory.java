package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the processes of a local system hold in memory: megabytes by part. A page that several share counts for each
/// by its share (proportional set size), so that the parts may be summed.
record ResidentMemory(Map<String, Long> megabytesByPart) {

    private static final long BYTES_OF_KILOBYTE = 1024;
    private static final long BYTES_OF_MEGABYTE = 1_000_000;

    ResidentMemory {
        megabytesByPart = Map.copyOf(megabytesByPart);
    }

    /// Of LocalStack's process and of all that it started; nothing of one that has ended.
    static ResidentMemory ofSystem(long localstackPid) {
        var processes = ProcessHandle.of(localstackPid).stream()
                .flatMap(localstack -> Stream.concat(Stream.of(localstack), localstack.descendants()));
        return new ResidentMemory(processes.collect(Collectors.groupingBy(
                process -> part(read(process, "cmdline")),
                Collectors.collectingAndThen(
                        Collectors.summingLong(process -> proportionalKilobytes(read(process, "smaps_rollup"))),
                        kilobytes -> kilobytes * BYTES_OF_KILOBYTE / BYTES_OF_MEGABYTE))));
    }

    long totalMegabytes() {
        return megabytesByPart.values().stream().mapToLong(Long::longValue).sum();
    }

    /// As people read it, such as `950 MB (database 12, functions 149, localstack 547, mlflow 240)`.
    @Override
    public String toString() {
        return new TreeMap<>(megabytesByPart)
                .entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", ", totalMegabytes() + " MB (", ")"));
    }

    /// The part that a process belongs to, by its command line with NUL between the arguments.
    static String part(String commandLine) {
        if (commandLine.contains("\0vowcheck.lambda.")) {
            return "functions";
        }
        if (commandLine.contains("\0vowcheck.training.")) {
            return "training";
        }
        if (commandLine.contains("\0uvicorn\0") || commandLine.contains("/mlflow/start\0")) {
            return "mlflow";
        }
        var database = commandLine.startsWith("postgres: ") || commandLine.contains("/bin/postgres\0");
        return database ? "database" : "localstack";
    }

    /// What `smaps_rollup` says, or 0 where it says nothing.
    static long proportionalKilobytes(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }
}
