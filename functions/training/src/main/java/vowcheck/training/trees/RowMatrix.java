package vowcheck.training.trees;

import java.util.Comparator;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;

/// Labelled rows in the form that XGBoost trains on. Values go from the columns into memory outside the heap, without
/// an object for each row: [BigDenseMatrix] lies there already, so that XGBoost reads it without another copy.
public final class RowMatrix {

    private RowMatrix() {}

    /// Features in the order of their numbers in Tribuo and XGBoost, which is that of their names.
    public static List<Feature> byNumber(FeatureSchema schema) {
        return schema.features().stream()
                .sorted(Comparator.comparing(Feature::fieldName))
                .toList();
    }

    /// The values of all rows in the order of [#byNumber], NaN being missing, with their labels. The caller disposes
    /// of it.
    public static DMatrix of(LabelledRows rows) throws XGBoostError {
        var features = byNumber(rows.schema());
        var values = new BigDenseMatrix(rows.size(), features.size());
        try {
            for (int column = 0; column < features.size(); column++) {
                float[] ofFeature = rows.column(features.get(column));
                for (int row = 0; row < ofFeature.length; row++) {
                    values.set(row, column, ofFeature[row]);
                }
            }
            var matrix = new DMatrix(values, Float.NaN);
            matrix.setLabel(labels(rows));
            return matrix;
        } finally {
            values.dispose();
        }
    }

    private static float[] labels(LabelledRows rows) {
        var labels = new float[rows.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = rows.divorced(row) ? 1 : 0;
        }
        return labels;
    }
}
