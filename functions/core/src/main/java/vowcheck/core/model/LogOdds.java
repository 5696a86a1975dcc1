package vowcheck.core.model;

/// The logistic link between log-odds and probabilities.
public final class LogOdds {

    private LogOdds() {}

    /// The probability in [0, 1] of log-odds: `1 / (1 + exp(-logOdds))`.
    public static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /// The log-odds of a probability in (0, 1): `-ln(1/p - 1)`.
    public static double ofProbability(double probability) {
        return -Math.log(1 / probability - 1);
    }
}
