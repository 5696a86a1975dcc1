package vowcheck.training;

import java.time.LocalDate;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.training.TimeSplit;

/// One model to train.
///
/// @param split labelled rows from before the cutoff, split in time
/// @param labelledRows which rows these are
/// @param dataOrigin where the rows come from, in words; generated rows are called synthetic here
/// @param cutoff the day that all rows are dated before
/// @param version the version that the model will have
/// @param seed of every random choice
public record TrainingInput(
        TimeSplit split,
        TrainedRows labelledRows,
        String dataOrigin,
        LocalDate cutoff,
        ModelVersion version,
        long seed) {}
