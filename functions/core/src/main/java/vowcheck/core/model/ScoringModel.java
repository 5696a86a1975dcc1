package vowcheck.core.model;

import vowcheck.core.features.Application;

/// A model that serves: trees, and the manifest that holds their calibration. Of an application it takes the
/// features that it was trained on, whatever else the application has. Immutable and thread-safe.
///
/// @param manifestHash SHA-256 of the manifest as it is stored
public record ScoringModel(ModelManifest manifest, Sha256 manifestHash, BoostedTrees trees) {

    /// Throws [UnusableModel] unless the manifest and the trees have the same features in the same order.
    public ScoringModel {
        if (!manifest.schema().equals(trees.schema())) {
            throw new UnusableModel("The trees have the features %s, expected the manifest's %s"
                    .formatted(trees.schema(), manifest.schema()));
        }
    }

    /// Which model this is.
    public ModelIdentity identity() {
        return new ModelIdentity(manifest.version(), manifestHash);
    }

    /// The calibrated probability, in [0, 1], of a divorce within one month after the loan.
    public double probability(Application application) {
        return LogOdds.probability(logOdds(application));
    }

    /// The calibrated log-odds of the same.
    public double logOdds(Application application) {
        return manifest.calibration().apply(trees.margin(application.values(trees.schema())));
    }

    /// What each of the model's features contributes to the same log-odds.
    public Explanation explain(Application application) {
        return trees.explain(application.values(trees.schema())).calibrated(manifest.calibration());
    }

    /// Throws [UnusableModel] unless the model still meets the manifest's smoke expectation.
    public void requireSmoke() {
        var expectation = manifest.smoke();
        double answered = probability(expectation.application());
        if (!expectation.isMetBy(answered)) {
            throw new UnusableModel("The model answers its smoke application with %s, expected the manifest's %s"
                    .formatted(answered, expectation.probability()));
        }
    }
}
