package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
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
/// `-Dbrier.every=1` measures on all rows and prints the scores; it takes minutes.
class CalibratedBrierTest {

    private static final int CUTOFFS = 12;
    private static final Calibration NONE = new Calibration(1, 0);

    /// One row of so many, for speed.
    private static final int EVERY = Integer.getInteger("brier.every", 5);

    private final LabelledRows all = SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED);

    private final LabelledRows rows = all.select(
            IntStream.range(0, all.size() / EVERY).map(row -> row * EVERY).toArray());

    private final Training training =
            new Training(TrainingParameters.CONTRACT, SmokeRequest.application(), 1, InstantSource.system());

    @Test
    void theCalibratedBrierScoreIsLowerAtEachCutoffOfAReplay() {
        for (int month = 0; month < CUTOFFS; month++) {
            var cutoff = LocalDate.of(2025, 5, 1).plusMonths(month);
            var split = TimeSplit.of(rows.before(cutoff));
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
            if (System.getProperty("brier.every") != null) {
                System.out.printf(Locale.ROOT, "| %s | %.4f | %.4f |%n", cutoff, calibrated, uncalibrated);
            }
            assertThat(calibrated).as("cutoff " + cutoff).isLessThan(uncalibrated);
        }
    }
}
