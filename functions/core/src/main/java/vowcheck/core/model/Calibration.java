package vowcheck.core.model;

/// Maps a model's raw log-odds to calibrated log-odds, affinely: `slope × logOdds + intercept`. The slope is
/// positive, so the ranking of applications does not change. Source: Platt, Probabilistic Outputs for Support
/// Vector Machines and Comparisons to Regularized Likelihood Methods (1999), section 2.
///
/// @param slope finite, greater than 0
/// @param intercept finite, in log-odds
public record Calibration(double slope, double intercept) {

    /// The calibration that changes nothing.
    public static final Calibration IDENTITY = new Calibration(1, 0);

    public Calibration {
        if (!(slope > 0 && Double.isFinite(slope))) {
            throw new IllegalArgumentException("slope %s, expected a finite number greater than 0".formatted(slope));
        }
        if (!Double.isFinite(intercept)) {
            throw new IllegalArgumentException("intercept %s, expected a finite number".formatted(intercept));
        }
    }

    /// The calibrated log-odds of raw log-odds.
    public double apply(double logOdds) {
        return slope * logOdds + intercept;
    }
}
