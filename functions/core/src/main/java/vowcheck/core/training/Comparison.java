package vowcheck.core.training;

import java.time.LocalDate;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.TestMetrics;

/// A comparison of challenger and champion on the same raw rows, which fitted neither of them: the
/// challenger's test rows that are dated after the last day that fitted the champion.
///
/// @param rows that both were measured on, at least [#LEAST_ROWS] with [#LEAST_POSITIVES] positives
/// @param leftOut how many of the challenger's test rows are older
/// @param challengerFittedUntil the last day whose rows fitted the challenger
/// @param championFittedUntil the last day whose rows fitted the champion
/// @param challenger the metrics of the model that would serve
/// @param champion the metrics of the model that serves
/// @param newPeople the same on people whom neither recipe has seen
public record Comparison(
        RowCount rows,
        int leftOut,
        LocalDate challengerFittedUntil,
        LocalDate championFittedUntil,
        TestMetrics challenger,
        TestMetrics champion,
        NewPeopleComparison newPeople) {

    /// Fewer rows do not tell two models apart.
    public static final int LEAST_ROWS = 2_000;

    /// The same of the positives among them.
    public static final int LEAST_POSITIVES = 100;

    public Comparison {
        if (!areEnough(rows.rows(), rows.positives())) {
            throw new IllegalArgumentException("%d compared rows with %d positives, expected at least %d with %d"
                    .formatted(rows.rows(), rows.positives(), LEAST_ROWS, LEAST_POSITIVES));
        }
    }

    /// Whether so many rows can be compared on. Some must be negative as well.
    public static boolean areEnough(int rows, int positives) {
        return rows >= LEAST_ROWS && positives >= LEAST_POSITIVES && positives < rows;
    }

    /// Whether the challenger was fitted on newer rows than the champion.
    public boolean challengerIsNewer() {
        return challengerFittedUntil.isAfter(championFittedUntil);
    }
}
