package vowcheck.core.training;

/// How both models did on the compared rows of one range of ages.
///
/// @param counts whether the range has enough positives to count in a gap between ranges
/// @param challengerRecall its share of the range's positives among the reviewed rows, in [0, 1]
/// @param championRecall the same of the champion
/// @param challengerCalibrationError in [0, 1]
/// @param championCalibrationError in [0, 1]
public record AgeGroup(
        AgeRange ages,
        int rows,
        int positives,
        boolean counts,
        double challengerRecall,
        double championRecall,
        double challengerCalibrationError,
        double championCalibrationError) {}
