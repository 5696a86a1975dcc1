package vowcheck.core.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

/// Figures of the labelled rows that an import or a training has read.
///
/// @param name of the import or of the training's execution
/// @param rows how many there are, faulty ones left out
/// @param positives how many are labelled as divorced
/// @param recurringRows how many have the same values of all features as another of the rows: the same
///     person again, as far as features can tell
/// @param withoutEmployment how many have the sentinel [Feature#NO_EMPLOYMENT_DAYS]
/// @param days when they applied; empty without rows
/// @param months the months that have rows, in their order
/// @param features in the order of the rows' schema
/// @param comparison with the model that serves; empty where none does, or it cannot be read
public record DataReport(
        Occasion occasion,
        String name,
        Instant madeAt,
        long rows,
        long positives,
        long recurringRows,
        long withoutEmployment,
        Optional<Days> days,
        List<Month> months,
        List<FeatureFigures> features,
        Optional<Comparison> comparison) {

    public DataReport {
        months = List.copyOf(months);
        features = List.copyOf(features);
    }

    /// What reads labelled rows.
    public enum Occasion {
        IMPORT,
        TRAINING;

        /// The occasion's name in JSON, in keys and on the command line.
        public String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The days of the rows.
    ///
    /// @param without how many days between the first and the last have no row
    public record Days(LocalDate first, LocalDate last, long without) {}

    /// The rows of one month.
    public record Month(YearMonth month, long rows, long positives) {}

    /// One feature of the rows.
    ///
    /// @param missing how many rows lack it
    /// @param beyondRange how many of the compared rows are below half the first decile of the serving model's
    ///     rows, or above twice their last one; 0 without a comparison
    /// @param psi the population stability index of the compared rows against those of the serving model; empty
    ///     where too few have the feature to be judged
    public record FeatureFigures(Feature feature, long missing, long beyondRange, OptionalDouble psi) {}

    /// With which model the rows are compared.
    ///
    /// @param rows how many are compared
    /// @param since the first day of those; empty where all are compared
    public record Comparison(ModelVersion version, long rows, Optional<LocalDate> since) {}
}
