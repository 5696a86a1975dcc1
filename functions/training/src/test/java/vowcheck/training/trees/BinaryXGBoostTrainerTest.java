package vowcheck.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.training.LabelledRows;
import vowcheck.training.population.SyntheticPopulation;

class BinaryXGBoostTrainerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final LabelledRows ROWS = SyntheticPopulation.rows(7).range(0, 10_000);

    /// The booster, what Tribuo records of features and labels, and where the rows come from.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.9})
    void columnsGiveTheModelThatExamplesGive(double missing) throws XGBoostError {
        var rows = withMissing(missing);
        var columns = new BinaryXGBoostTrainer(settings(Map.of()), 1, InstantSource.fixed(NOW)).train(rows, "a test");
        var examples = new ExampleTrainer(settings(Map.of()), NOW).train(rows, "a test");

        assertThat(columns.getFeatureIDMap().serialize())
                .isEqualTo(examples.getFeatureIDMap().serialize());
        assertThat(columns.getOutputIDInfo().serialize())
                .isEqualTo(examples.getOutputIDInfo().serialize());
        assertThat(columns.getProvenance().getDatasetProvenance())
                .isEqualTo(examples.getProvenance().getDatasetProvenance());
        assertThat(booster(columns)).isEqualTo(booster(examples));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_round | none           | num_round is none, expected a number of at least 1",
                "num_round | 0              | num_round is 0, expected a number of at least 1",
                "objective | multi:softprob | objective is multi:softprob, expected binary:logistic"
            })
    void settingsOfOtherModelsAreRefused(String name, String value, String message) {
        assertThatThrownBy(() -> new BinaryXGBoostTrainer(settings(Map.of(name, value)), 1, InstantSource.fixed(NOW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static TrainerSettings settings(Map<String, String> changed) {
        var parameters = new TreeMap<>(Map.of(
                "objective", "binary:logistic",
                "num_round", "10",
                "max_depth", "4",
                "subsample", "0.8",
                "tree_method", "hist"));
        parameters.putAll(changed);
        return new TrainerSettings(parameters, 42);
    }

    private static LabelledRows withMissing(double share) {
        var random = new SplittableRandom(1);
        var rows = LabelledRows.builder(ROWS.schema());
        for (int row = 0; row < ROWS.size(); row++) {
            var values = ROWS.values(row);
            for (int feature = 1; feature < values.length; feature++) {
                if (random.nextDouble() < share) {
                    values[feature] = Float.NaN;
                }
            }
            rows.add(values, ROWS.divorced(row), ROWS.date(row), ROWS.index(row));
        }
        return rows.build();
    }

    private static byte[] booster(XGBoostModel<Label> model) throws XGBoostError {
        return model.getInnerModels().getFirst().toByteArray("ubj");
    }
}
