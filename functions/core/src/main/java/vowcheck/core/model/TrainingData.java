package vowcheck.core.model;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;

/// The labelled rows that a model was made with.
///
/// @param origin where the rows come from, in words; generated rows are called synthetic here
/// @param cutoff rows of this day and later were left out
/// @param fittedUntil the last date whose rows fitted the trees or the calibration, before `cutoff`
/// @param labelledRows all of the rows; null in a manifest that was written before manifests named them
/// @param training the rows that fitted the trees
/// @param calibrating the rows that fitted the calibration
/// @param test the newest rows, which fitted nothing
/// @param reference the distribution of each of the model's features over all rows before the cutoff, in the
///     model's order
public record TrainingData(
        String origin,
        LocalDate cutoff,
        LocalDate fittedUntil,
        @Nullable TrainedRows labelledRows,
        RowCount training,
        RowCount calibrating,
        RowCount test,
        SequencedMap<Feature, ReferenceDistribution> reference) {

    public TrainingData {
        if (origin.isBlank()) {
            throw new IllegalArgumentException("the origin of the data is blank");
        }
        if (!fittedUntil.isBefore(cutoff)) {
            throw new IllegalArgumentException(
                    "fitted until %s, expected a date before the cutoff %s".formatted(fittedUntil, cutoff));
        }
        reference = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reference));
    }
}
