package vowcheck.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.TimeSplit;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.TrainingParameters;

/// The bundle that is committed with the source. It is trained on the rows of the synthetic population of seed 42
/// before 2025-05-01, and every run gives the same bytes.
public final class Baseline {

    private static final LocalDate CUTOFF = LocalDate.of(2025, 5, 1);

    private Baseline() {}

    /// Trains the baseline and writes it to the directory that the only argument names.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Expected one argument: the directory to write the baseline bundle to.");
            System.exit(2);
        }
        var bundle = train();
        bundle.write(Path.of(arguments[0]));
        System.out.print(new String(bundle.manifestBytes(), StandardCharsets.UTF_8));
    }

    /// Generates the population and trains, which takes a few seconds.
    static ModelBundle train() throws IOException {
        long seed = SyntheticPopulation.DEFAULT_SEED;
        var clock = InstantSource.fixed(CUTOFF.atStartOfDay().toInstant(ZoneOffset.UTC));
        var training = new Training(
                TrainingParameters.CONTRACT,
                SmokeRequest.application(),
                Runtime.getRuntime().availableProcessors(),
                clock);
        var rows = SyntheticPopulation.rows(seed).before(CUTOFF);
        return training.train(new TrainingInput(
                TimeSplit.of(rows),
                rows.identity(0),
                SyntheticPopulation.origin(seed),
                CUTOFF,
                ModelVersion.BASELINE,
                seed));
    }
}
