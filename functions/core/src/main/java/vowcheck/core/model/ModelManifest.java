package vowcheck.core.model;

import java.util.List;
import vowcheck.core.features.FeatureSchema;

/// What a bundle says about its model.
///
/// @param version the model's version
/// @param file the model file that stands beside the manifest
/// @param schema the features that the model was trained on, in the order of its rows
/// @param data the rows that it was made with
/// @param settings of the training
/// @param calibration maps margins to log-odds
/// @param metrics measured on the test rows, calibrated
/// @param parity how closely Java and Tribuo agreed
/// @param smoke an application to try the model with
public record ModelManifest(
        ModelVersion version,
        ModelFile file,
        FeatureSchema schema,
        TrainingData data,
        TrainerSettings settings,
        Calibration calibration,
        TestMetrics metrics,
        Parity parity,
        SmokeExpectation smoke) {

    /// The name of the registered model that every version belongs to.
    public static final String MODEL_NAME = "divorce-model";

    public ModelManifest {
        var referenced = List.copyOf(data.reference().keySet());
        if (!referenced.equals(schema.features())) {
            throw new IllegalArgumentException(
                    "reference distributions of %s, expected those of %s".formatted(referenced, schema));
        }
    }

    /// The same manifest under the version that the registry gave.
    public ModelManifest as(ModelVersion registered) {
        return new ModelManifest(registered, file, schema, data, settings, calibration, metrics, parity, smoke);
    }

    /// The same manifest with the average precision of its recipe on people who fitted nothing.
    public ModelManifest withNewPeople(double averagePrecision) {
        return new ModelManifest(
                version,
                file,
                schema,
                data,
                settings,
                calibration,
                metrics.withNewPeople(averagePrecision),
                parity,
                smoke);
    }
}
