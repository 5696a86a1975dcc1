package vowcheck.core.training;

import java.util.Locale;

/// When a challenger that can be compared with the champion is promoted. `docs/adr/0030-careful-promotion.md`
/// says how often each is wrong.
public enum PromotionPolicy {
    /// The contract's rule: its average precision is higher, by however little, also on people whom it knows.
    CONTRACT,
    /// It is better on new people beyond chance, neither worse calibrated nor less even between ages.
    CAREFUL,
    /// It was fitted on newer rows, and is not much worse on new people; otherwise as [#CAREFUL].
    REFRESH;

    /// How much worse in average precision a challenger with newer rows may be under [#REFRESH].
    public static final double MARGIN = 0.005;

    /// How much greater a gap between ages may be than the champion's.
    public static final double GAP_TOLERANCE = 0.05;

    /// The policy for people, such as `careful`.
    public String inWords() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the average precision on new people speaks for the challenger.
    boolean acceptsPrecision(Interval difference, boolean challengerIsNewer) {
        return difference.lower() > 0 || (this == REFRESH && challengerIsNewer && difference.lower() > -MARGIN);
    }

    /// A calibration error that is greater beyond chance is worse.
    static boolean acceptsCalibration(Interval difference) {
        return difference.lower() <= 0;
    }

    /// A gap that is greater by more than the tolerance, and greater beyond chance, is too great.
    static boolean acceptsGap(Interval difference) {
        return difference.difference() <= GAP_TOLERANCE || difference.lower() <= 0;
    }

    /// Whether the differences on new people speak for the challenger in every respect.
    boolean accepts(PairedDifferences differences, boolean challengerIsNewer) {
        return acceptsPrecision(differences.averagePrecision(), challengerIsNewer)
                && acceptsCalibration(differences.calibrationError())
                && acceptsGap(differences.recallGap())
                && acceptsGap(differences.calibrationGap());
    }
}
