package vowcheck.core.training;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ReviewMetrics;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TestMetrics;
import vowcheck.core.model.TrainedRows;

/// Outcomes of trainings for tests.
public final class OutcomeFixtures {

    /// The rows of every outcome.
    public static final TrainedRows ROWS =
            new TrainedRows(133_628, LocalDate.of(2025, 4, 30), Sha256.of(new byte[] {7}), 0);

    private OutcomeFixtures() {}

    /// The outcome of the training of a version with a manifest as in [ModelFixtures], compared with a champion.
    public static Outcome outcome(String version, Outcome.@Nullable Champion champion, double averagePrecision) {
        return outcome(version, ModelFixtures.pointer(version).manifestHash(), champion, averagePrecision);
    }

    /// The same with another manifest.
    public static Outcome outcome(
            String version, Sha256 manifestHash, Outcome.@Nullable Champion champion, double averagePrecision) {
        return outcome(version, manifestHash, champion, averagePrecision, ROWS);
    }

    /// The same of some rows.
    public static Outcome outcome(
            String version,
            Sha256 manifestHash,
            Outcome.@Nullable Champion champion,
            double averagePrecision,
            TrainedRows rows) {
        return new Outcome(
                new ModelVersion(version),
                new RunId("run" + version),
                manifestHash,
                champion instanceof Outcome.MeasuredChampion measured
                        ? new Outcome.MeasuredChampion(
                                measured.model(), challenger(measured.comparison(), averagePrecision))
                        : champion,
                averagePrecision,
                13_363,
                LocalDate.of(2025, 5, 1),
                rows,
                null);
    }

    /// The same outcome of a recipe that a search has found.
    public static Outcome searched(Outcome outcome, SearchedRecipe searched) {
        return new Outcome(
                outcome.modelVersion(),
                outcome.runId(),
                outcome.manifestHash(),
                outcome.champion(),
                outcome.averagePrecision(),
                outcome.testRows(),
                outcome.dataCutoffDate(),
                outcome.labelledRows(),
                searched);
    }

    /// A champion that the outcomes' challenger was compared with on 13,363 rows, and which does as well on
    /// new people.
    public static Outcome.MeasuredChampion champion(ModelIdentity model, double averagePrecision) {
        return champion(model, averagePrecision, new Interval(0, -0.01, 0.01));
    }

    /// The same with a difference in average precision on new people.
    public static Outcome.MeasuredChampion champion(ModelIdentity model, double averagePrecision, Interval difference) {
        return new Outcome.MeasuredChampion(model, comparison(averagePrecision, 0, measured(difference)));
    }

    /// A comparison with a champion that is a month older.
    public static Comparison comparison(double averagePrecision, int leftOut, NewPeopleComparison newPeople) {
        return new Comparison(
                new RowCount(13_363 - leftOut, 2_109),
                leftOut,
                LocalDate.of(2025, 3, 1),
                LocalDate.of(2025, 2, 1),
                metrics(0.26),
                metrics(averagePrecision),
                newPeople);
    }

    /// Equal calibration errors and gaps.
    public static NewPeopleComparison.Measured measured(Interval averagePrecision) {
        var none = new Interval(0, -0.02, 0.02);
        return new NewPeopleComparison.Measured(
                metrics(0.25 + averagePrecision.difference()),
                metrics(0.25),
                new PairedDifferences(
                        averagePrecision,
                        none,
                        none,
                        none,
                        List.of(new AgeGroup(AgeRange.UNDER_27, 2_000, 900, true, 0.2, 0.2, 0.01, 0.01))));
    }

    /// The same comparison of another challenger.
    private static Comparison challenger(Comparison comparison, double averagePrecision) {
        return new Comparison(
                comparison.rows(),
                comparison.leftOut(),
                comparison.challengerFittedUntil(),
                comparison.championFittedUntil(),
                metrics(averagePrecision),
                comparison.champion(),
                comparison.newPeople());
    }

    private static TestMetrics metrics(double averagePrecision) {
        return new TestMetrics(averagePrecision, 0.67, 0.12, 0.41, new ReviewMetrics(0.02, 0.15, 670), null);
    }
}
