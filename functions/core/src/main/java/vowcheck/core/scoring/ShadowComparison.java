package vowcheck.core.scoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import vowcheck.core.model.ModelVersion;

/// How the shadow scored the newest live applications, beside the model that answered them.
///
/// @param rows the newest applications since the shadow's start, without probes; at most [#MOST]
/// @param since when the oldest of them was answered; empty without any
/// @param scored how many of them the shadow has scored; what follows is about these
/// @param answeredBy the versions that answered them
/// @param answered their probabilities by the model that answered
/// @param shadow their probabilities by the shadow
/// @param rankCorrelation Spearman's, -1 to 1, equal scores having their mean rank; empty where a model has given
///     all of them the same score
/// @param top how many are a twentieth of them, rounded up
/// @param inBothTops how many are among the highest `top` of both
public record ShadowComparison(
        int rows,
        Optional<Instant> since,
        int scored,
        List<ModelVersion> answeredBy,
        Scores answered,
        Scores shadow,
        OptionalDouble rankCorrelation,
        int top,
        int inBothTops) {

    /// The most applications that are read, so that the comparison takes no longer on a busy stage or after
    /// months.
    public static final int MOST = 100_000;

    /// The share of the applications whose agreement is counted, as they come to a review.
    public static final double TOP_SHARE = 0.05;

    /// The quantiles that [Scores] has.
    public static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    public ShadowComparison {
        answeredBy = List.copyOf(answeredBy);
    }

    /// The probabilities of one model.
    ///
    /// @param mean NaN without any
    /// @param quantiles in the order of [ShadowComparison#QUANTILES]; none without any
    public record Scores(double mean, List<Double> quantiles) {

        public Scores {
            quantiles = List.copyOf(quantiles);
        }
    }
}
