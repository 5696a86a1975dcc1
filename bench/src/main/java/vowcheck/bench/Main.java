package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;

/// `./vowcheck bench`: `Main ZIP CLIENT_JARS RESULTS OPTION…`. Prints a table and writes RESULTS/TIME.json.
public final class Main {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

    private Main() {}

    /// Runs the bench; a failure prints one sentence to the error output and ends with exit code 1.
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0); // a failed query may leave a thread of the embedded server running
        } catch (Exception e) {
            System.err.println("vowcheck: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        var options = Options.of(Arrays.asList(arguments).subList(3, arguments.length));
        var results = Files.createDirectories(Path.of(arguments[2])).toAbsolutePath();
        var name = NAME.format(LocalDateTime.now(ZoneOffset.UTC));
        var folder = emptied(results.resolve("work"));
        var bench = new Bench(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                folder,
                phase -> System.out.println("  measuring " + phase));
        Optional<JsonDocument> former = Optional.empty();
        if (options.former().isPresent()) {
            former = Optional.of(
                    JsonDocument.parse(Files.readString(options.former().get())));
        }
        var figures = bench.run(options);
        var file = results.resolve(name + ".json");
        Files.writeString(file, figures.json());
        System.out.println();
        figures.print(System.out::println, former);
        System.out.println("\n  written to " + file);
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectory(folder);
    }
}
