package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Explanation;
import vowcheck.core.training.LabelledRows;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.TrainingParameters;

class ExplanationParityTest {

    private static final int ROWS = 300;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final LabelledRows TRAINING = SyntheticPopulation.rows(7).range(0, 10_000);

    /// The order in which Tribuo numbers the features.
    private static final List<Feature> BY_NAME = FeatureSchema.CURRENT.features().stream()
            .sorted(Comparator.comparing(Feature::fieldName))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void contributionsAreThoseThatXgboostPredicts(int depth) throws XGBoostError {
        var parameters = new TrainingParameters(100, depth, 0.1, 0.8, 0.8);
        var model = new BinaryXGBoostTrainer(parameters.settings(10, 42), 1, InstantSource.fixed(NOW))
                .train(TRAINING, "synthetic");
        var trees = TribuoModelFile.read(model.serialize().toByteArray(), FeatureSchema.CURRENT)
                .trees();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(depth);
        var rows = new float[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            rows[row] = withMissing(TRAINING.values(row), random);
        }
        var theirs = contributions(model, rows);
        for (int row = 0; row < ROWS; row++) {
            assertThat(contributions(trees.explain(rows[row]))).containsExactly(theirs[row], within(1e-5f));
        }
    }

    private static float[] withMissing(float[] values, RandomGenerator random) {
        for (int feature = 0; feature < values.length; feature++) {
            if (random.nextInt(5) == 0) {
                values[feature] = Float.NaN;
            }
        }
        return values;
    }

    /// For each row, the contributions of the features in the order of their names, then the base.
    private static float[][] contributions(XGBoostModel<Label> model, float[][] rows) throws XGBoostError {
        var flat = new float[rows.length * BY_NAME.size()];
        for (int row = 0; row < rows.length; row++) {
            for (int id = 0; id < BY_NAME.size(); id++) {
                flat[row * BY_NAME.size() + id] = rows[row][FeatureSchema.CURRENT.position(BY_NAME.get(id))];
            }
        }
        var matrix = new DMatrix(flat, rows.length, BY_NAME.size(), Float.NaN);
        try {
            return model.getInnerModels().getFirst().predictContrib(matrix, 0);
        } finally {
            matrix.dispose();
        }
    }

    private static float[] contributions(Explanation explanation) {
        var floats = new float[BY_NAME.size() + 1];
        for (int id = 0; id < BY_NAME.size(); id++) {
            var contribution = explanation.contributions().get(FeatureSchema.CURRENT.position(BY_NAME.get(id)));
            floats[id] = (float) contribution.logOdds();
        }
        floats[BY_NAME.size()] = (float) explanation.base();
        return floats;
    }
}
