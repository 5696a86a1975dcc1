package vowcheck.adapters.tribuo;

import java.util.List;
import vowcheck.core.model.UnusableModel;

/// The XGBoost releases whose boosters a build reads. Other releases write files that look the same but may have
/// another meaning. So that a release can be raised while the models of the former one serve, a build reads more
/// releases than the one that its training writes with, which the root POM states.
///
/// A release is listed only with its evidence: a bundle that it wrote, in `model-artifacts`, whose smoke application
/// and parity were computed by the native code of that release.
///
/// @param xgboost the releases, oldest first
public record ReadableReleases(List<String> xgboost) {

    /// What this build reads.
    public static final ReadableReleases OF_THIS_BUILD = new ReadableReleases(List.of("3.0.4", "3.4.0"));

    public ReadableReleases {
        xgboost = List.copyOf(xgboost);
    }

    /// Throws [UnusableModel] unless the release is one of these.
    ///
    /// @param what what states the release, such as `xgboost_version of the manifest`
    public void require(String what, String release) {
        if (!xgboost.contains(release)) {
            throw new UnusableModel("%s is '%s', expected one that this build reads: %s"
                    .formatted(what, release, String.join(", ", xgboost)));
        }
    }
}
