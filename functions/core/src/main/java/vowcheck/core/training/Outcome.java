package vowcheck.core.training;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;

/// The outcome of a training: a challenger that is published and registered, and the average precision of
/// challenger and champion on the same raw test rows.
///
/// @param modelVersion the challenger
/// @param runId the run that made it
/// @param manifestHash SHA-256 of its manifest as published
/// @param champion the model that it was compared with, or null where none was in production
/// @param averagePrecision the challenger's, in [0, 1]
/// @param testRows how many rows both were measured on, at least 1
/// @param dataCutoffDate rows of this day and later were left out
/// @param labelledRows the rows that it was made with
public record Outcome(
        ModelVersion modelVersion,
        RunId runId,
        Sha256 manifestHash,
        @Nullable Champion champion,
        double averagePrecision,
        int testRows,
        LocalDate dataCutoffDate,
        TrainedRows labelledRows) {

    public Outcome {
        requireFraction(averagePrecision);
        if (testRows < 1) {
            throw new IllegalArgumentException("%d test rows, expected at least 1".formatted(testRows));
        }
    }

    /// The champion's version, if there was one.
    public Optional<ModelVersion> championVersion() {
        return Optional.ofNullable(champion).map(Champion::version);
    }

    private static void requireFraction(double averagePrecision) {
        if (!(averagePrecision >= 0 && averagePrecision <= 1)) {
            throw new IllegalArgumentException("average precision %s, expected 0 to 1".formatted(averagePrecision));
        }
    }

    /// The model that was in production when the challenger was measured.
    ///
    /// @param averagePrecision on the challenger's test rows, in [0, 1]
    /// @param fittedUntilTestRows whether the champion was fitted on rows dated after the first day of the test,
    ///     and so looks better than it is
    public record Champion(ModelVersion version, double averagePrecision, boolean fittedUntilTestRows) {
        public Champion {
            requireFraction(averagePrecision);
        }
    }
}
