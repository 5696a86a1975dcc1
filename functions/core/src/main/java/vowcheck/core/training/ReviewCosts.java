package vowcheck.core.training;

/// What decisions about applications cost, for the expected loss of a model. The applications with the highest
/// probabilities are reviewed by people, as many as they have time for; a divorce among the others is missed.
///
/// @param missedEur cost of a missed divorce
/// @param reviewEur cost of a review
public record ReviewCosts(double missedEur, double reviewEur) {

    /// The share of the applications that people have time to review.
    public static final double CAPACITY = 0.05;

    /// A fifth of the largest loan is not paid back after a divorce that was missed, and a review takes an hour.
    public static final ReviewCosts DEFAULT = new ReviewCosts(5_000, 50);

    public ReviewCosts {
        requireCost("missed divorce", missedEur);
        requireCost("review", reviewEur);
    }

    /// The expected loss for each application.
    ///
    /// @param positiveRate the share of divorces among the applications
    /// @param recall the share of the divorces that the reviews find
    double perApplication(double positiveRate, double recall) {
        return positiveRate * (1 - recall) * missedEur + CAPACITY * reviewEur;
    }

    private static void requireCost(String name, double eur) {
        if (!(eur >= 0 && Double.isFinite(eur))) {
            throw new IllegalArgumentException(
                    "cost of a %s %s EUR, expected a finite number of 0 or more".formatted(name, eur));
        }
    }
}
