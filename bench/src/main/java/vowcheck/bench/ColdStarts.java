package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.OptionalDouble;

/// Measures cold starts, from the start of the JVM to its first answer with a probability. In between it reads the
/// model from S3, connects to PostgreSQL and stores the row. Archives are recorded in a run that answers one prediction
/// and one batch.
final class ColdStarts {

    /// A run that records an archive is not measured, so its calls may be repeated.
    private static final int REPETITIONS = 30;

    private final BenchEnvironment environment;
    private final Effort effort;
    private final Path folder;
    private final Findings findings;

    /// @param folder for the archives
    ColdStarts(BenchEnvironment environment, Effort effort, Path folder, Findings findings) {
        this.environment = environment;
        this.effort = effort;
        this.folder = folder;
        this.findings = findings;
    }

    /// Measures the median of each kind of start, with `options` for the JVM.
    void measure(List<String> options) throws IOException {
        findings.begin("cold starts");
        var archive = folder.resolve("function.jsa");
        var cache = folder.resolve("function.aot");
        record(with(options, "-XX:ArchiveClassesAtExit=" + archive), archive);
        record(with(options, "-XX:AOTCacheOutput=" + cache), cache);
        var kinds = new EnumMap<Measure, List<String>>(Measure.class);
        kinds.put(Measure.COLD_START, options);
        kinds.put(Measure.COLD_START_APPCDS, with(options, "-XX:SharedArchiveFile=" + archive));
        kinds.put(Measure.COLD_START_AOT, with(options, "-XX:AOTCache=" + cache));
        var millis = new EnumMap<Measure, List<Double>>(Measure.class);
        for (int start = 0; start < effort.starts(); start++) {
            for (var kind : kinds.entrySet()) {
                var measured = millis.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>());
                start(kind.getKey(), kind.getValue()).ifPresent(measured::add);
            }
        }
        millis.forEach((kind, times) -> {
            if (!times.isEmpty()) {
                findings.add(kind, median(times));
            }
        });
    }

    private OptionalDouble start(Measure kind, List<String> options) throws IOException {
        var event = ProxyEvent.of("/predict", Fixtures.application()).next();
        try (var function = environment.function(options)) {
            var answer = function.invoke(event, effort.repetitions());
            if (!answer.isSuccess()) {
                findings.refused(kind.title(), answer.text());
                return OptionalDouble.empty();
            }
            return OptionalDouble.of((answer.ended() - function.begun()) / 1e6);
        }
    }

    private void record(List<String> options, Path archive) throws IOException {
        try (var function = environment.function(options)) {
            function.invoke(ProxyEvent.of("/predict", Fixtures.application()).next(), REPETITIONS);
            function.invoke(ProxyEvent.of("/batch_predict", Fixtures.batch()).next(), REPETITIONS);
            function.awaitNext();
        }
        if (!Files.exists(archive)) {
            throw new FunctionFailed("it did not write " + archive.getFileName());
        }
    }

    private static List<String> with(List<String> options, String more) {
        var all = new ArrayList<>(options);
        all.add(more);
        return List.copyOf(all);
    }

    private static double median(List<Double> times) {
        var sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
