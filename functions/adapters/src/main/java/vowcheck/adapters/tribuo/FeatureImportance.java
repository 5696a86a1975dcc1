package vowcheck.adapters.tribuo;

/// How much a feature contributes to a model's trees.
///
/// @param splits how many splits ask for the feature
/// @param totalGain how much these splits lowered the training's loss
public record FeatureImportance(int splits, double totalGain) {

    /// The mean gain of a split, which XGBoost calls `gain`; 0 where there is none.
    public double gain() {
        return splits == 0 ? 0 : totalGain / splits;
    }

    FeatureImportance withSplit(double gain) {
        return new FeatureImportance(splits + 1, totalGain + gain);
    }
}
