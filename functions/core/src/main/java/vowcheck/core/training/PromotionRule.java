package vowcheck.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.PromotionDecision.Verdict;

/// The contract's rule: a challenger is promoted when its average precision is higher than that of the model in
/// production on the same test rows, or when no model is in production.
public final class PromotionRule {

    /// Decides about the outcome of a training, given the version that is in production now.
    public PromotionDecision decide(Outcome outcome, Optional<ModelVersion> inProduction) {
        var reasons = new ArrayList<String>();
        var verdict = verdict(outcome, inProduction, reasons);
        int leftOut = outcome.labelledRows().leftOut();
        if (leftOut > 0) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "version %s was made with %,d labelled rows; %,d more were left out because they are out of bounds",
                    outcome.modelVersion(),
                    outcome.labelledRows().count(),
                    leftOut));
        }
        return new PromotionDecision(verdict, reasons);
    }

    private static Verdict verdict(Outcome outcome, Optional<ModelVersion> inProduction, List<String> reasons) {
        if (!outcome.championVersion().equals(inProduction)) {
            reasons.add("version %s was compared with %s, but %s is in production"
                    .formatted(outcome.modelVersion(), named(outcome.championVersion()), named(inProduction)));
            return Verdict.NOT_COMPARABLE;
        }
        var champion = outcome.champion();
        if (champion == null) {
            reasons.add("no model is in production");
            return Verdict.PROMOTED;
        }
        boolean beats = outcome.averagePrecision() > champion.averagePrecision();
        reasons.add(String.format(
                Locale.ROOT,
                "version %s has average precision %.6f on %d test rows, %s than the %.6f of version %s in production",
                outcome.modelVersion(),
                outcome.averagePrecision(),
                outcome.testRows(),
                beats ? "higher" : "not higher",
                champion.averagePrecision(),
                champion.version()));
        if (champion.fittedUntilTestRows()) {
            reasons.add("version %s was fitted on days of the test rows, so it looks better than it is"
                    .formatted(champion.version()));
        }
        return beats ? Verdict.PROMOTED : Verdict.KEPT;
    }

    private static String named(Optional<ModelVersion> version) {
        return version.map(it -> "version " + it).orElse("no model");
    }
}
