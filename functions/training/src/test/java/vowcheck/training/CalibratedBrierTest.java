package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Calibration;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.PlattFit;
import vowcheck.core.training.RankingMetrics;
import vowcheck.core.training.TimeSplit;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.TrainingParameters;

/// The weight of the positive rows distorts probabilities, and the calibration corrects that.
class CalibratedBrierTest {

    private static final int CUTOFFS = 12;
    private static final Calibration NONE = new Calibration(1, 0);

    /// Every fifth row, for speed.
    private final LabelledRows rows = SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED);

    private final LabelledRows fifth =
            rows.select(IntStream.range(0, rows.size() / 5).map(row -> row * 5).toArray());

    private final Training training =
            new Training(TrainingParameters.CONTRACT, SmokeRequest.application(), 1, InstantSource.system());

    @Test
    void theCalibratedBrierScoreIsLowerAtEachCutoffOfAReplay() {
        for (int month = 0; month < CUTOFFS; month++) {
            var cutoff = LocalDate.of(2025, 5, 1).plusMonths(month);
            var split = TimeSplit.of(fifth.before(cutoff));
            double positives = split.training().positives();
            var settings =
                    TrainingParameters.CONTRACT.settings((split.training().size() - positives) / positives, 42);
            var trees = TribuoModelFile.read(
                            training.fit(split.training(), "synthetic", settings), FeatureSchema.CONTRACT)
                    .trees();
            var calibration = PlattFit.fit(
                    FittedRecipe.margins(trees, split.calibrating()),
                    split.calibrating().labels());

            var test = split.test();
            double calibrated =
                    RankingMetrics.brierScore(new FittedRecipe(trees, calibration).probabilities(test), test.labels());
            double uncalibrated =
                    RankingMetrics.brierScore(new FittedRecipe(trees, NONE).probabilities(test), test.labels());
            assertThat(calibrated).as("cutoff " + cutoff).isLessThan(uncalibrated);
        }
    }
}
