package vowcheck.core.training;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;

/// Outcomes of trainings for tests.
public final class OutcomeFixtures {

    /// The rows of every outcome.
    public static final TrainedRows ROWS =
            new TrainedRows(133_628, LocalDate.of(2025, 4, 30), Sha256.of(new byte[] {7}), 0);

    private OutcomeFixtures() {}

    /// The outcome of the training of a version with a manifest as in [ModelFixtures], compared with a champion.
    public static Outcome outcome(String version, Outcome.@Nullable Champion champion, double averagePrecision) {
        return outcome(version, ModelFixtures.pointer(version).manifestHash(), champion, averagePrecision);
    }

    /// The same with another manifest.
    public static Outcome outcome(
            String version, Sha256 manifestHash, Outcome.@Nullable Champion champion, double averagePrecision) {
        return outcome(version, manifestHash, champion, averagePrecision, ROWS);
    }

    /// The same of some rows.
    public static Outcome outcome(
            String version,
            Sha256 manifestHash,
            Outcome.@Nullable Champion champion,
            double averagePrecision,
            TrainedRows rows) {
        return new Outcome(
                new ModelVersion(version),
                new RunId("run" + version),
                manifestHash,
                champion,
                averagePrecision,
                13_363,
                LocalDate.of(2025, 5, 1),
                rows);
    }
}
