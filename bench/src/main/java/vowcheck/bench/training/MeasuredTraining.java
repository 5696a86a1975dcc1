package vowcheck.bench.training;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseLogin;
import vowcheck.adapters.postgres.PostgresDrift;
import vowcheck.adapters.postgres.PostgresLabelledRows;
import vowcheck.bench.Fixtures;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.quality.InMemoryDataReports;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.InMemoryTracking;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RangeCheck;
import vowcheck.core.training.RowCheck;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.InMemoryWorkflow;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.training.RowsReport;
import vowcheck.training.Training;
import vowcheck.training.TrainingRun;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.TrainingParameters;

/// One training in a JVM of its own: `MeasuredTraining WORK ROWS FILE [HOST PORT NAME USER PASSWORD]`. Prints what it
/// took as its last line, without the time until the rows are in memory and a training of a few rows has loaded the
/// classes, or, for the whole task, until the JVM has started.
public final class MeasuredTraining {

    /// What is measured. All of it trains with the parameters of the contract.
    public enum Work {
        /// XGBoost alone, on a matrix of primitive values.
        BARE,
        /// The trainer, from columns to the bytes of a model file.
        TRAINER,
        /// Everything that the training task does with rows in PostgreSQL, beside the baseline as the champion. MLflow
        /// and the bucket are in memory.
        TASK
    }

    private static final String RESULT = "measured";
    private static final long SEED = 42;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Later than every row.
    private static final LocalDate CUTOFF = LocalDate.of(2026, 5, 1);

    /// Fewer rows, such as those of a quick run, are older than the last one that fitted the champion: the task finds
    /// that it cannot compare, and does not fit the recipes again.
    private static final int COMPARED_ROWS = 200_000;

    private static final int FEW_ROWS = 1_000;

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private MeasuredTraining() {}

    /// What a training took.
    ///
    /// @param seconds of the clock
    /// @param processorSeconds user and kernel mode, all threads
    /// @param peakMib the most memory that the process ever had, the JVM and its code included
    /// @param heapBytes the growth of the heap in use after a collection
    public record Taken(double seconds, double processorSeconds, double peakMib, long heapBytes) {

        /// Reads the last line of a process; throws [IllegalStateException], with all its output, where there is none.
        public static Taken of(String output) {
            var words = output.strip()
                    .substring(output.strip().lastIndexOf('\n') + 1)
                    .split(" ", -1);
            if (words.length != 5 || !words[0].equals(RESULT)) {
                throw new IllegalStateException("a measured training failed: " + output.strip());
            }
            return new Taken(
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Long.parseLong(words[4]));
        }

        String line() {
            return "%s %s %s %s %d".formatted(RESULT, seconds, processorSeconds, peakMib, heapBytes);
        }
    }

    /// Something that is measured.
    @FunctionalInterface
    private interface Measured {
        void run() throws XGBoostError, IOException;
    }

    /// Trains once.
    public static void main(String[] arguments) throws IOException, XGBoostError {
        int rows = Integer.parseInt(arguments[1]);
        var file = new RowsFile(Path.of(arguments[2]));
        new DMatrix(new float[] {1}, 1, 1, Float.NaN).dispose(); // loads the native library
        var work = Work.valueOf(arguments[0]);
        switch (work) {
            case BARE -> bare(file.matrix(FEW_ROWS)).run();
            case TRAINER -> trainer(file, FEW_ROWS).run();
            case TASK -> {}
        }
        var heap = LiveHeap.watched();
        Measured measured = switch (work) {
            case BARE -> bare(file.matrix(rows));
            case TRAINER -> trainer(file, rows);
            case TASK -> task(arguments, rows);
        };
        long begun = System.nanoTime();
        double processor = processorSeconds();
        measured.run();
        System.out.println(
                new Taken((System.nanoTime() - begun) / 1e9, processorSeconds() - processor, peakMib(), heap.growth())
                        .line());
        System.exit(0);
    }

    private static Measured bare(RowsFile.Matrix rows) {
        return () -> {
            var matrix = new DMatrix(rows.values, rows.labels.length, rows.features(), Float.NaN);
            matrix.setLabel(rows.labels);
            float divorced = 0;
            for (float label : rows.labels) {
                divorced += label;
            }
            var settings = TrainingParameters.CONTRACT.settings((rows.labels.length - divorced) / divorced, SEED);
            var parameters = new HashMap<String, Object>(settings.parameters());
            var trees = Objects.requireNonNull(parameters.remove(BinaryXGBoostTrainer.TREES));
            parameters.put("seed", SEED);
            parameters.put("verbosity", 0);
            parameters.put("nthread", THREADS);
            XGBoost.train(matrix, parameters, Integer.parseInt(trees.toString()), Map.of(), null, null);
        };
    }

    private static Measured trainer(RowsFile file, int rows) throws IOException {
        var columns = file.columns(rows);
        return () -> {
            double divorced = columns.positives();
            var settings = TrainingParameters.CONTRACT.settings((columns.size() - divorced) / divorced, SEED);
            var model = new BinaryXGBoostTrainer(settings, THREADS, InstantSource.system())
                    .train(columns, "the bench")
                    .serialize()
                    .toByteArray();
            if (model.length == 0) {
                throw new IllegalStateException("the trainer gave an empty model file");
            }
        };
    }

    private static Measured task(String[] arguments, int rows) {
        var address = DatabaseAddress.withoutTls(arguments[3], Integer.parseInt(arguments[4]), arguments[5]);
        var login = new DatabaseLogin(arguments[6], arguments[7]);
        var champion = ModelBundle.open(Fixtures.manifest(), Fixtures.model(), FeatureSchema.CONTRACT)
                .scoringModel();
        var models = new InMemoryModelStore();
        models.promote(champion);
        var workflow = new InMemoryWorkflow();
        var run = new TrainingRun(
                new PostgresLabelledRows(() -> address.connections(login, LIMIT), FeatureSchema.CURRENT),
                new RowCheck(0),
                new RangeCheck(
                        new PostgresDrift(new Database(address, () -> login, LIMIT)),
                        RangeCheck.LEAST_OVERLAP,
                        InstantSource.system()),
                new RowsReport(new InMemoryDataReports(), InstantSource.system()),
                new Training(
                        TrainingParameters.CONTRACT,
                        champion.manifest().smoke().application(),
                        THREADS,
                        InstantSource.system()),
                models,
                new InMemoryTracking(),
                workflow,
                workflow,
                new CodeVersion("bench", Optional.empty()),
                InstantSource.system());
        return () -> {
            var result = run.run(
                    new TrainingRequest(CUTOFF, "bench", TrainingRequest.Opponent.PRODUCTION), new Execution("bench"));
            boolean compares = rows >= COMPARED_ROWS;
            if (!(result instanceof Outcome outcome)
                    || outcome.championModel().isEmpty()
                    || (compares && outcome.measuredChampion().isEmpty())) {
                throw new IllegalStateException("the task compared nothing: " + result);
            }
        };
    }

    private static double processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private static double peakMib() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
