package vowcheck.core.training;

import java.time.LocalDate;
import vowcheck.core.features.FeatureSchema;

/// Rows split in time, so that a model is measured on newer rows than any that it was fitted on: the newest
/// tenth (rounded up) is for the test, the newest tenth of the rest for the calibration, the remainder for
/// the training. Each part is in time order.
///
/// @param rows all of them
/// @param training fits the trees
/// @param calibrating fits the calibration
/// @param test measures; fits nothing
public record TimeSplit(LabelledRows rows, LabelledRows training, LabelledRows calibrating, LabelledRows test) {

    private static final int PART = 10;

    /// Throws [InsufficientRows] unless each part has rows of both labels.
    public TimeSplit {
        requireBothLabels("train", training);
        requireBothLabels("calibrate", calibrating);
        requireBothLabels("test", test);
    }

    /// Splits rows in time order. Throws [InsufficientRows] unless each part has rows of both labels.
    public static TimeSplit of(LabelledRows rows) {
        rows.requireTimeOrder();
        int testFrom = rows.size() - Math.ceilDiv(rows.size(), PART);
        int calibratingFrom = calibratingFrom(testFrom);
        return new TimeSplit(
                rows,
                rows.range(0, calibratingFrom),
                rows.range(calibratingFrom, testFrom),
                rows.range(testFrom, rows.size()));
    }

    /// From which position on the rows before the test rows fit the calibration.
    ///
    /// @param fitting how many rows there are before the test rows
    public static int calibratingFrom(int fitting) {
        return fitting - Math.ceilDiv(fitting, PART);
    }

    /// The same split of the rows with only those features, in that order.
    public TimeSplit only(FeatureSchema features) {
        return new TimeSplit(
                rows.only(features), training.only(features), calibrating.only(features), test.only(features));
    }

    /// The last date whose rows fit the trees or the calibration.
    public LocalDate fittedUntil() {
        return calibrating.date(calibrating.size() - 1);
    }

    private static void requireBothLabels(String purpose, LabelledRows rows) {
        int positives = rows.positives();
        if (positives == 0 || positives == rows.size()) {
            throw new InsufficientRows("%d rows to %s, %d of them divorced, expected some of both labels"
                    .formatted(rows.size(), purpose, positives));
        }
    }
}
