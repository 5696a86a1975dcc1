package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.Consumer;
import vowcheck.bench.micro.MicroBenchmarks;

/// One full run: serving, cold starts, then the parts on their own.
final class Bench {

    private final Path zip;
    private final Path clientJars;
    private final Path folder;
    private final Consumer<String> progress;

    /// @param zip the functions' deployment zip
    /// @param clientJars the folder with the runtime interface client
    /// @param folder an empty folder for the function's code, archives and log
    /// @param progress receives the name of each phase as it begins
    Bench(Path zip, Path clientJars, Path folder, Consumer<String> progress) {
        this.zip = zip;
        this.clientJars = clientJars;
        this.folder = folder;
        this.progress = progress;
    }

    Figures run(Options options) throws IOException, SQLException {
        var effort = options.effort();
        var surroundings = new LinkedHashMap<String, String>();
        surroundings.put("java options", String.join(" ", options.java()));
        var values = new EnumMap<Measure, Double>(Measure.class);
        var refusals = new Refusals();
        var code = FunctionCode.unpack(zip, clientJars, folder);
        try (var environment = BenchEnvironment.start(code, folder.resolve("function.log"))) {
            surroundings.putAll(Machine.described(environment.dataFolder()));
            surroundings.putAll(environment.durability());
            progress.accept("predictions and batches");
            values.putAll(new Serving(environment, effort, refusals).measure(options.java()));
            progress.accept("storing alone");
            values.putAll(new Storing(environment, effort, refusals).measure());
            progress.accept("cold starts");
            values.putAll(new ColdStarts(environment, effort, folder, refusals).measure(options.java()));
        }
        progress.accept("score, explain and parse");
        MicroBenchmarks.run(effort.forks(), effort.iterationMillis())
                .forEach((name, micros) -> values.put(Measure.valueOf(name.toUpperCase(Locale.ROOT)), micros));
        surroundings.put("waiting after", Machine.waiting());
        return new Figures(surroundings, values, refusals.inWords());
    }
}
