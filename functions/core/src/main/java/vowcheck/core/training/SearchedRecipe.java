package vowcheck.core.training;

/// How a recipe that a search has found does on new people, beside the default recipe. Both were fitted on
/// the same rows without the people of the test rows. The search has seen neither these rows nor these
/// people.
///
/// @param averagePrecision of the searched recipe on the test rows, in [0, 1]
/// @param defaultAveragePrecision of the default recipe on the same rows, in [0, 1]
public record SearchedRecipe(double averagePrecision, double defaultAveragePrecision) {

    /// Whether the search has led to something worse.
    public boolean isWorseThanDefault() {
        return averagePrecision < defaultAveragePrecision;
    }
}
