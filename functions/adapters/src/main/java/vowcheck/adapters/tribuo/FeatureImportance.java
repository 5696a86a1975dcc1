package vowcheck.adapters.tribuo;

/// The importance of a feature in a model's trees.
///
/// @param splits the number of splits that test the feature
/// @param totalGain the total reduction of the training loss by these splits
public record FeatureImportance(int splits, double totalGain) {

    /// The mean gain of a split, which XGBoost calls `gain`; 0 if there is no split.
    public double gain() {
        return splits == 0 ? 0 : totalGain / splits;
    }

    FeatureImportance withSplit(double gain) {
        return new FeatureImportance(splits + 1, totalGain + gain);
    }
}
