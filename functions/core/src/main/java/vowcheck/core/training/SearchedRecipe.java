package vowcheck.core.training;

import vowcheck.core.model.ModelCost;

/// What a search has found, beside the default recipe. Both were fitted on the same rows without the people of
/// the test rows. The search has not seen these rows, but earlier rows of these people.
///
/// @param trials how many recipes were drawn and tried, at least 1; a search of as many finds the same
/// @param chosen which of them: 1 is the first; 0 where none was better than the default recipe
/// @param averagePrecision of the chosen recipe on the test rows, in [0, 1]
/// @param defaultAveragePrecision of the default recipe on the same rows, in [0, 1]
/// @param cost of the chosen recipe's trees
/// @param defaultCost of the default recipe's trees
public record SearchedRecipe(
        int trials,
        int chosen,
        double averagePrecision,
        double defaultAveragePrecision,
        ModelCost cost,
        ModelCost defaultCost) {

    /// How many times the default's a searched model's score may cost.
    public static final int SCORE_FACTOR = 5;

    /// How many times the default's a searched model's explanation may cost.
    public static final int EXPLANATION_FACTOR = 10;

    public SearchedRecipe {
        if (trials < 1 || chosen < 0 || chosen > trials) {
            throw new IllegalArgumentException(
                    "trial %d of %d, expected 0 to %d of at least 1".formatted(chosen, trials, trials));
        }
    }

    /// Whether nothing better than the default recipe was found.
    public boolean isDefault() {
        return chosen == 0;
    }

    /// Whether the search has led to something worse.
    public boolean isWorseThanDefault() {
        return averagePrecision < defaultAveragePrecision;
    }

    /// Whether callers would wait too long for a score or an explanation.
    public boolean isTooCostly() {
        return scoreFactor() > SCORE_FACTOR || explanationFactor() > EXPLANATION_FACTOR;
    }

    /// How many times the default's steps a score takes; a model without any split counts as one step.
    public double scoreFactor() {
        return cost.steps() / (double) Math.max(1, defaultCost.steps());
    }

    /// How many times the default's work an explanation takes.
    public double explanationFactor() {
        return cost.explanation() / (double) Math.max(1, defaultCost.explanation());
    }
}
