package vowcheck.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import vowcheck.adapters.json.JsonDocument;

/// `./vowcheck bench`: `Main ZIP CLIENT_JARS RESULTS ARGUMENT…`. Prints a table and writes RESULTS/TIME.json, also of
/// what was measured before a run failed or was ended.
public final class Main {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

    /// How long the end of a run that was too slow may take: stopping the database, for example.
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final Options options;
    private final Optional<Figures> former;
    private final Path file;
    private final Findings findings = new Findings(phase -> System.out.println("  measuring " + phase));
    private final AtomicBoolean ended = new AtomicBoolean();

    private Main(Options options, Path file) throws IOException {
        this.options = options;
        this.former = options.former().isPresent()
                ? Optional.of(figures(options.former().get()))
                : Optional.empty();
        this.file = file;
    }

    /// Runs the bench; a failure prints one sentence to the error output and ends with exit code 1.
    public static void main(String[] arguments) {
        try {
            var options = Options.of(Arrays.asList(arguments).subList(3, arguments.length));
            var results = Files.createDirectories(Path.of(arguments[2])).toAbsolutePath();
            var file = results.resolve(NAME.format(LocalDateTime.now(ZoneOffset.UTC)) + ".json");
            var main = new Main(options, file);
            var folder = emptied(results.resolve("work"));
            main.run(new Bench(Path.of(arguments[0]), Path.of(arguments[1]), folder));
        } catch (Exception e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void run(Bench bench) throws Exception {
        try (var _ = BenchLimit.start(options.limit(), this::expire)) {
            bench.run(options, findings);
        } catch (Exception e) {
            if (ended.compareAndSet(false, true)) {
                report();
                throw e;
            }
        }
        if (ended.compareAndSet(false, true)) {
            report();
            System.exit(0); // a failed query may leave a thread of the embedded server running
        }
    }

    /// Ends a run that takes too long. Its functions and the database are ended as the JVM exits.
    private void expire() {
        if (ended.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().start(Main::haltLater);
            try {
                report();
            } finally {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                fail(
                        "bench was ended after %d minutes, while it was measuring %s: run it again when the machine is less busy"
                                .formatted(options.limit().toMinutes(), findings.phase()));
            }
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(ENDING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void fail(String sentence) {
        System.err.println("vowcheck: " + sentence);
        System.exit(1);
    }

    /// Prints and writes what was measured, if anything was.
    private void report() {
        var figures = findings.figures();
        if (figures.values().isEmpty()) {
            return;
        }
        System.out.println();
        figures.print(System.out::println, former);
        try {
            Files.writeString(file, figures.json());
        } catch (IOException e) {
            throw new UncheckedIOException("the file %s cannot be written".formatted(file), e);
        }
        System.out.println("\n  written to " + file);
    }

    private static Figures figures(Path former) throws IOException {
        try {
            return Figures.read(JsonDocument.parse(Files.readString(former)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--compare names %s, expected the file of a former run: %s".formatted(former, e.getMessage()), e);
        }
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
