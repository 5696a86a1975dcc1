package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vowcheck.training.TrainingMain;

/// The memory that the processes of a local system use, in megabytes per part. A page that several processes share is
/// divided among them (proportional set size), so the parts add up.
record ResidentMemory(Map<String, Long> megabytesByPart) {

    private static final long BYTES_OF_KILOBYTE = 1024;
    private static final long BYTES_OF_MEGABYTE = 1_000_000;

    /// The main class of every function's process: AWS's runtime interface client.
    private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    ResidentMemory {
        megabytesByPart = Map.copyOf(megabytesByPart);
    }

    /// Measures LocalStack and all its descendants; empty if LocalStack has ended.
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

    /// For people, such as `950 MB (database 12, functions 149, localstack 547, mlflow 240)`.
    @Override
    public String toString() {
        return new TreeMap<>(megabytesByPart)
                .entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", ", totalMegabytes() + " MB (", ")"));
    }

    /// The part that a process belongs to, by its command line, whose arguments are separated by NUL.
    static String part(String commandLine) {
        if (commandLine.contains("\0" + RUNTIME_CLIENT + "\0")) {
            return "functions";
        }
        if (commandLine.contains("\0" + TrainingMain.class.getName() + "\0")) {
            return "training";
        }
        if (commandLine.contains("\0uvicorn\0") || commandLine.contains("/mlflow/start\0")) {
            return "mlflow";
        }
        var database = commandLine.startsWith("postgres: ") || commandLine.contains("/bin/postgres\0");
        return database ? "database" : "localstack";
    }

    /// The proportional set size in the text of `smaps_rollup`; 0 if the text is empty.
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
