package vowcheck.training.python;

import java.io.IOException;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import vowcheck.adapters.tribuo.XgboostModel;
import vowcheck.core.features.Feature;
import vowcheck.core.model.UnusableModel;

/// XGBoost's model with the names of its features, which Tribuo leaves out: so XGBoost's Python package selects the
/// columns by name, and refuses others.
final class NamedBooster {

    private static final String UNIVERSAL_BINARY_JSON = "ubj";

    private NamedBooster() {}

    /// The model's file. Throws [UnusableModel] if XGBoost's native library cannot read the model.
    static byte[] file(XgboostModel model) {
        try {
            var booster = XGBoost.loadModel(model.bytes());
            try {
                booster.setFeatureNames(
                        model.columns().stream().map(Feature::fieldName).toArray(String[]::new));
                return booster.toByteArray(UNIVERSAL_BINARY_JSON);
            } finally {
                booster.dispose();
            }
        } catch (XGBoostError | IOException e) {
            throw new UnusableModel("XGBoost cannot read the model that it trained: " + e.getMessage(), e);
        }
    }
}
