package vowcheck.training;

import java.time.LocalDate;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.LabelledRows;

/// One model to train.
///
/// @param rows all labelled rows; those of the cutoff and later are left out
/// @param dataOrigin where the rows come from, in words; generated rows are called synthetic here
/// @param cutoff rows before this day are used
/// @param version the version that the model will have
/// @param seed of every random choice
public record TrainingTask(LabelledRows rows, String dataOrigin, LocalDate cutoff, ModelVersion version, long seed) {}
