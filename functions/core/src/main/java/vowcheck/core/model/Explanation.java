package vowcheck.core.model;

import java.util.Arrays;
import java.util.List;
import vowcheck.core.features.Feature;

/// A model's log-odds of one application, taken apart: `base` and the contributions sum to them.
///
/// @param base the log-odds of an application of which nothing is known; the rounding of the trees' float32
///     sum, below 1e-6 for usual models, is in it
/// @param contributions ten, in the order of [Feature]
public record Explanation(double base, List<Contribution> contributions) {

    /// What one feature adds to the log-odds: positive where it raises the probability.
    public record Contribution(Feature feature, double logOdds) {
        /// Names the feature only: what moved an applicant's score stays out of logs.
        @Override
        public String toString() {
            return "Contribution[" + feature + "]";
        }
    }

    public Explanation {
        contributions = List.copyOf(contributions);
        if (!contributions.stream().map(Contribution::feature).toList().equals(Feature.ALL)) {
            throw new IllegalArgumentException(
                    "contributions %s, expected one of each feature, in their order".formatted(contributions));
        }
    }

    /// The explanation of a margin, from the contributions in the order of [Feature].
    static Explanation of(double margin, double[] contributions) {
        return new Explanation(
                margin - Arrays.stream(contributions).sum(),
                Feature.ALL.stream()
                        .map(feature -> new Contribution(feature, contributions[feature.position()]))
                        .toList());
    }

    /// The log-odds that are explained.
    public double logOdds() {
        return base + contributions.stream().mapToDouble(Contribution::logOdds).sum();
    }

    /// The explanation of the calibrated log-odds.
    Explanation calibrated(Calibration calibration) {
        return new Explanation(
                calibration.apply(base),
                contributions.stream()
                        .map(contribution ->
                                new Contribution(contribution.feature(), calibration.slope() * contribution.logOdds()))
                        .toList());
    }

    /// Names the type only, as [Contribution#toString] does.
    @Override
    public String toString() {
        return "Explanation[…]";
    }
}
