package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vowcheck.bench.micro.MicroBenchmarks;

/// One run: the parts that were asked for, one after another.
final class Bench {

    private static final Set<BenchPart> WITH_FUNCTIONS = EnumSet.of(BenchPart.SERVING, BenchPart.COLD);

    private final Path zip;
    private final Path clientJars;
    private final Path folder;

    /// @param zip the functions' deployment zip
    /// @param clientJars the folder with the runtime interface client
    /// @param folder an empty folder for the function's code, archives and log
    Bench(Path zip, Path clientJars, Path folder) {
        this.zip = zip;
        this.clientJars = clientJars;
        this.folder = folder;
    }

    /// Adds what it measures to `findings` as soon as it is known.
    void run(Options options, Findings findings) throws IOException, SQLException {
        var effort = options.effort();
        var parts = options.parts();
        findings.surroundedBy(
                Map.of("parts", parts.stream().map(BenchPart::argument).collect(Collectors.joining(" "))));
        findings.surroundedBy(Machine.described());
        if (parts.stream().anyMatch(WITH_FUNCTIONS::contains)) {
            functions(options, findings);
        }
        if (parts.contains(BenchPart.MICRO)) {
            findings.begin("score, explain and parse");
            MicroBenchmarks.run(effort.forks(), effort.iterationMillis())
                    .forEach((name, micros) -> findings.add(Measure.valueOf(name.toUpperCase(Locale.ROOT)), micros));
        }
        if (parts.contains(BenchPart.TRAINING)) {
            new Trainings(options, folder, findings).measure();
        }
        findings.surroundedBy(Map.of("waiting after", Machine.waiting()));
    }

    private void functions(Options options, Findings findings) throws IOException, SQLException {
        var code = FunctionCode.unpack(zip, clientJars, folder);
        try (var environment = BenchEnvironment.start(code, folder.resolve("function.log"))) {
            findings.surroundedBy(Map.of("java options", String.join(" ", options.java())));
            findings.surroundedBy(Machine.disk(environment.dataFolder()));
            findings.surroundedBy(environment.durability());
            if (options.parts().contains(BenchPart.SERVING)) {
                new Serving(environment, options.effort(), findings).measure(options.java());
            }
            if (options.parts().contains(BenchPart.COLD)) {
                new ColdStarts(environment, options.effort(), folder, findings).measure(options.java());
            }
        }
    }
}
