package vowcheck.core.training;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;

/// The outcome of a training: a challenger that is published and registered, and the average precision of
/// challenger and champion on the same raw test rows.
///
/// @param modelVersion the challenger
/// @param runId the run that made it
/// @param manifestHash SHA-256 of its manifest as published
/// @param champion the model in production, which it was compared with; null where there was none
/// @param averagePrecision the challenger's on all of its test rows, in [0, 1]
/// @param testRows how many test rows it has, at least 1
/// @param dataCutoffDate rows of this day and later were left out
/// @param labelledRows the rows that it was made with
/// @param searched what a search has found, beside the default recipe; null where none was made
public record Outcome(
        ModelVersion modelVersion,
        RunId runId,
        Sha256 manifestHash,
        @Nullable Champion champion,
        double averagePrecision,
        int testRows,
        LocalDate dataCutoffDate,
        TrainedRows labelledRows,
        @Nullable SearchedRecipe searched)
        implements TrainingResult {

    public Outcome {
        requireFraction(averagePrecision);
        if (testRows < 1) {
            throw new IllegalArgumentException("%d test rows, expected at least 1".formatted(testRows));
        }
    }

    /// The challenger.
    public ModelIdentity challenger() {
        return new ModelIdentity(modelVersion, manifestHash);
    }

    /// The champion's identity; empty where there was none, and where nobody could read which model it is.
    public Optional<ModelIdentity> championModel() {
        return switch (champion) {
            case null -> Optional.empty();
            case MeasuredChampion measured -> Optional.of(measured.model());
            case IncomparableChampion incomparable -> Optional.of(incomparable.model());
            case UnreadableChampion unreadable -> Optional.ofNullable(unreadable.model());
        };
    }

    /// What came of this training.
    public RowsAnswer answer(String execution, RowsAnswer.Standing standing) {
        return new RowsAnswer(challenger(), championModel().orElse(null), dataCutoffDate, execution, standing);
    }

    /// The champion, if there was one that could be measured.
    public Optional<MeasuredChampion> measuredChampion() {
        return champion instanceof MeasuredChampion measured ? Optional.of(measured) : Optional.empty();
    }

    private static void requireFraction(double averagePrecision) {
        if (!(averagePrecision >= 0 && averagePrecision <= 1)) {
            throw new IllegalArgumentException("average precision %s, expected 0 to 1".formatted(averagePrecision));
        }
    }

    /// What was in production when the challenger was measured.
    public sealed interface Champion permits MeasuredChampion, IncomparableChampion, UnreadableChampion {}

    /// A champion, and how the challenger compares with it.
    public record MeasuredChampion(ModelIdentity model, Comparison comparison) implements Champion {

        /// The champion's average precision on the compared rows, in [0, 1].
        public double averagePrecision() {
            return comparison.champion().averagePrecision();
        }
    }

    /// A champion with which this challenger cannot be compared fairly.
    ///
    /// @param problem why, in words
    public record IncomparableChampion(ModelIdentity model, String problem) implements Champion {}

    /// A champion that cannot be opened, so that there is nothing to compare with.
    ///
    /// @param model null where the pointer cannot be read
    /// @param problem why it cannot be opened, in words
    public record UnreadableChampion(@Nullable ModelIdentity model, String problem) implements Champion {}
}
