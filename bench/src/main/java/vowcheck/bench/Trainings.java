package vowcheck.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import vowcheck.adapters.deployment.TrainingSize;
import vowcheck.adapters.postgres.FeatureColumns;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.bench.training.MeasuredTraining;
import vowcheck.bench.training.MeasuredTraining.Taken;
import vowcheck.bench.training.MeasuredTraining.Work;
import vowcheck.bench.training.RowsFile;
import vowcheck.core.features.FeatureSchema;
import vowcheck.training.population.SyntheticPopulation;

/// Measures the trainer and the whole training task beside XGBoost alone, on the same rows and with the same threads:
/// synthetic populations, one after another. They take turns, so that other programs slow all of them.
final class Trainings {

    private static final int ROWS_A_MESSAGE = 1_000;

    /// The sizes from which the memory of a row follows; of few rows, the JVM's own memory is most.
    private static final List<TrainingRows> ALWAYS = List.of(TrainingRows.ROWS_200K, TrainingRows.ROWS_2M);

    private final Options options;
    private final Path folder;
    private final Findings findings;

    Trainings(Options options, Path folder, Findings findings) {
        this.options = options;
        this.folder = folder;
        this.findings = findings;
    }

    void measure() throws IOException, SQLException {
        var sizes = new ArrayList<>(ALWAYS);
        if (options.large()) {
            sizes.add(TrainingRows.ROWS_10M);
        }
        var file = folder.resolve("rows");
        var peaks = new ArrayList<Double>();
        try (var database = TestDatabase.migrated()) {
            int loaded = 0;
            findings.begin("nothing yet: it makes the rows of the trainings");
            var most = sizes.getLast().rows(options.effort());
            write(file, most);
            for (var size : sizes) {
                int rows = size.rows(options.effort());
                load(database, file, loaded, rows);
                loaded = rows;
                peaks.add(measure(size, rows, file, database));
            }
        } finally {
            Files.deleteIfExists(file);
        }
        int more = TrainingRows.ROWS_2M.rows(options.effort()) - TrainingRows.ROWS_200K.rows(options.effort());
        findings.add(Measure.MEMORY_A_ROW, (peaks.get(1) - peaks.get(0)) * (1 << 20) / more);
    }

    /// The peak of the task, in MiB.
    private double measure(TrainingRows size, int rows, Path file, TestDatabase database) throws IOException {
        var taken = new EnumMap<Work, List<Taken>>(Work.class);
        for (int turn = 0; turn < size.turns(options.effort()); turn++) {
            for (var work : Work.values()) {
                findings.begin("%s, %,d rows".formatted(words(work), rows));
                taken.computeIfAbsent(work, _ -> new ArrayList<>()).add(train(work, rows, file, database));
            }
        }
        taken.forEach((work, times) -> {
            findings.add(size.figure(work.name()), median(times, Taken::seconds));
            findings.add(size.figure(work + "_CPU"), median(times, Taken::processorSeconds));
            findings.add(size.figure(work + "_PEAK"), median(times, Taken::peakMib));
        });
        var tasks = taken.getOrDefault(Work.TASK, List.of());
        findings.add(size.figure("HEAP_A_ROW"), median(tasks, task -> (double) task.heapBytes() / rows));
        return median(tasks, Taken::peakMib);
    }

    private static String words(Work work) {
        return switch (work) {
            case BARE -> "XGBoost alone";
            case TRAINER -> "the trainer";
            case TASK -> "the whole training task";
        };
    }

    private static double median(List<Taken> times, ToDoubleFunction<Taken> figure) {
        var sorted = times.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Taken train(Work work, int rows, Path file, TestDatabase database) throws IOException {
        var address = database.address();
        var login = TestDatabase.login("training");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx%dm".formatted(heapMib(rows)),
                "-XX:MaxMetaspaceSize=96m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredTraining.class.getName(),
                work.name(),
                Integer.toString(rows),
                file.toString(),
                address.host(),
                Integer.toString(address.port()),
                address.name(),
                login.username(),
                login.password()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Taken.of(output.lines().collect(Collectors.joining("\n")));
        } finally {
            process.destroyForcibly();
        }
    }

    /// The heap that a stage's task has, or what more rows need.
    private static int heapMib(int rows) {
        return Math.max(new TrainingSize(1024, 2048).heapMib(), TrainingSize.heapMib(rows));
    }

    private static void write(Path file, int rows) throws IOException {
        try (var writer = new RowsFile(file).write()) {
            int written = 0;
            for (long seed = SyntheticPopulation.DEFAULT_SEED; written < rows; seed++) {
                var population = SyntheticPopulation.rows(seed);
                for (int row = 0; row < population.size() && written < rows; row++) {
                    writer.add(population, row, written++);
                }
            }
        }
    }

    /// Adds the rows of the file from one place to another to the table.
    private void load(TestDatabase database, Path file, int from, int to) throws IOException, SQLException {
        findings.begin("nothing yet: it loads %,d rows into PostgreSQL".formatted(to - from));
        var rows = new RowsFile(file).columns(to);
        var columns = FeatureColumns.list(FeatureSchema.CONTRACT.features());
        try (var connection = database.asOwner()) {
            var copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY divorce_predictions (%s, \"Divorce\", \"Date\", \"index\", source) FROM STDIN (FORMAT csv)"
                                    .formatted(columns));
            var text = new StringBuilder();
            for (int row = from; row < to; row++) {
                for (float value : rows.values(row)) {
                    text.append(value).append(',');
                }
                text.append(rows.divorced(row) ? 1 : 0)
                        .append(',')
                        .append(rows.date(row))
                        .append(',')
                        .append(rows.index(row))
                        .append(",synthetic\n");
                if (row % ROWS_A_MESSAGE == 0 || row == to - 1) {
                    var bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    text.setLength(0);
                }
            }
            copy.endCopy();
        }
        database.execute("ANALYZE divorce_predictions");
    }
}
