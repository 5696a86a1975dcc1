package vowcheck.core.training;

import java.time.LocalDate;

/// Rows split in time, so that a model is measured on rows that are newer than all it has seen: the newest
/// tenth (rounded up) tests, of the older rows the newest tenth calibrates, the rest trains. Each part is
/// oldest first.
///
/// @param training fits the trees
/// @param calibrating fits the calibration
/// @param test measures; fits nothing
public record TimeSplit(LabelledRows training, LabelledRows calibrating, LabelledRows test) {

    private static final int PART = 10;

    /// Throws [InsufficientRows] unless each part has rows of both labels.
    public TimeSplit {
        requireBothLabels("train", training);
        requireBothLabels("calibrate", calibrating);
        requireBothLabels("test", test);
    }

    /// Splits the rows dated before `cutoff`. Rows of one day stand in the order of their index, so that a
    /// split depends on nothing but the rows. Throws [InsufficientRows] unless each part has rows of both
    /// labels.
    public static TimeSplit of(LabelledRows rows, LocalDate cutoff) {
        var known = rows.before(cutoff);
        int testFrom = known.size() - Math.ceilDiv(known.size(), PART);
        int calibratingFrom = testFrom - Math.ceilDiv(testFrom, PART);
        return new TimeSplit(
                known.range(0, calibratingFrom),
                known.range(calibratingFrom, testFrom),
                known.range(testFrom, known.size()));
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
