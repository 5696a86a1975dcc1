package vowcheck.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// The parts of a model's log-odds for one application: `base` and the contributions sum to them.
///
/// @param base the log-odds of an application of which nothing is known; it includes the rounding of the trees'
///     float32 sum, which is below 1e-6 for usual models
/// @param contributions one for each feature of the model, in the model's order
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
        if (contributions.isEmpty() || hasFeatureTwice(contributions)) {
            throw new IllegalArgumentException(
                    "contributions %s, expected at least one, and no feature twice".formatted(contributions));
        }
    }

    /// Compares each with each: a set would make an explanation noticeably slower.
    private static boolean hasFeatureTwice(List<Contribution> contributions) {
        for (int one = 0; one < contributions.size(); one++) {
            var feature = contributions.get(one).feature();
            for (int other = 0; other < one; other++) {
                if (feature.equals(contributions.get(other).feature())) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The explanation of a margin, from the contributions in the order of `schema`.
    static Explanation of(FeatureSchema schema, double margin, double[] contributions) {
        return new Explanation(
                margin - Arrays.stream(contributions).sum(),
                IntStream.range(0, contributions.length)
                        .mapToObj(
                                position -> new Contribution(schema.features().get(position), contributions[position]))
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
