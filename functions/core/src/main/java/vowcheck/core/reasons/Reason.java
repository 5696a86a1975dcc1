package vowcheck.core.reasons;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.model.Explanation;

/// One of the features that moved a score most.
///
/// @param value the value of the feature as it was sent; NaN if it is missing
/// @param contribution to the log-odds, positive where it raises the probability
/// @param text one sentence for a clerk
public record Reason(Feature feature, float value, double contribution, ReasonCode reasonCode, String text) {

    /// The most reasons that are given.
    public static final int MOST = 4;

    /// The smallest contribution that counts as a reason, about one per cent of the odds.
    public static final double LEAST_CONTRIBUTION = 0.01;

    /// The reasons for an application's score, the largest contribution first; empty if no contribution is large
    /// enough.
    public static List<Reason> of(Application application, Explanation explanation, Language language) {
        var wording = Wording.in(language);
        return explanation.contributions().stream()
                .filter(contribution -> Math.abs(contribution.logOdds()) >= LEAST_CONTRIBUTION)
                .sorted(comparingDouble(contribution -> -Math.abs(contribution.logOdds())))
                .limit(MOST)
                .map(contribution -> {
                    var feature = contribution.feature();
                    float value = application.value(feature);
                    var code = ReasonCode.of(feature, value, contribution.logOdds() > 0);
                    return new Reason(
                            feature, value, contribution.logOdds(), code, wording.sentence(code, feature, value));
                })
                .toList();
    }

    /// Names the code only: the rest is an applicant's data.
    @Override
    public String toString() {
        return "Reason[" + reasonCode + "]";
    }
}
