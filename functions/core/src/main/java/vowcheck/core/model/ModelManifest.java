package vowcheck.core.model;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import vowcheck.core.features.Feature;

/// What a bundle says about its model.
///
/// @param version the model's version
/// @param modelHash SHA-256 of the model file that stands beside the manifest
/// @param tribuoVersion the Tribuo release that wrote the model file, such as `4.3.2`
/// @param xgboostVersion the XGBoost release that trained the trees, such as `3.0.4`
/// @param dataOrigin where the rows come from, in words; generated rows are called synthetic here
/// @param cutoff rows of this day and later were left out
/// @param fittedUntil the last date whose rows fitted the trees or the calibration, before `cutoff`
/// @param training the rows that fitted the trees
/// @param calibrating the rows that fitted the calibration
/// @param test the newest rows, that fitted nothing
/// @param metrics measured on the test rows, calibrated
/// @param calibration what makes log-odds of margins
/// @param parity how closely Java and Tribuo agreed
/// @param parameters the training parameters under XGBoost's names, sorted by name
/// @param seed of the training's random choices
/// @param smoke an application to try the model with
/// @param reference how each feature was spread over all rows before the cutoff, in the order of [Feature]
public record ModelManifest(
        ModelVersion version,
        Sha256 modelHash,
        String tribuoVersion,
        String xgboostVersion,
        String dataOrigin,
        LocalDate cutoff,
        LocalDate fittedUntil,
        RowCount training,
        RowCount calibrating,
        RowCount test,
        TestMetrics metrics,
        Calibration calibration,
        Parity parity,
        SortedMap<String, String> parameters,
        long seed,
        SmokeExpectation smoke,
        SortedMap<Feature, ReferenceDistribution> reference) {

    /// The name of the registered model that every version belongs to.
    public static final String MODEL_NAME = "divorce-model";

    public ModelManifest {
        requireText("Tribuo version", tribuoVersion);
        requireText("XGBoost version", xgboostVersion);
        requireText("origin of the data", dataOrigin);
        if (!fittedUntil.isBefore(cutoff)) {
            throw new IllegalArgumentException(
                    "fitted until %s, expected a date before the cutoff %s".formatted(fittedUntil, cutoff));
        }
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (reference.size() != Feature.ALL.size()) {
            throw new IllegalArgumentException("reference distributions of %d features, expected %d"
                    .formatted(reference.size(), Feature.ALL.size()));
        }
        reference = Collections.unmodifiableSortedMap(new TreeMap<>(reference));
    }

    /// The same manifest under the version that the registry gave.
    public ModelManifest as(ModelVersion registered) {
        return new ModelManifest(
                registered,
                modelHash,
                tribuoVersion,
                xgboostVersion,
                dataOrigin,
                cutoff,
                fittedUntil,
                training,
                calibrating,
                test,
                metrics,
                calibration,
                parity,
                parameters,
                seed,
                smoke,
                reference);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the %s is blank".formatted(name));
        }
    }
}
