package vowcheck.core.training;

/// A difference of champion and challenger, the challenger's less the champion's, with the bounds of its
/// one-sided 95 % intervals from a paired bootstrap.
///
/// @param difference as measured
/// @param lower 95 % of the resamples have a greater difference
/// @param upper 95 % of the resamples have a smaller difference
public record Interval(double difference, double lower, double upper) {

    public Interval {
        if (!(lower <= upper && Double.isFinite(lower) && Double.isFinite(upper) && Double.isFinite(difference))) {
            throw new IllegalArgumentException(
                    "difference %s in an interval from %s to %s, expected finite numbers in order"
                            .formatted(difference, lower, upper));
        }
    }
}
