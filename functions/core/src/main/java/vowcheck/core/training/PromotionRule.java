package vowcheck.core.training;

import java.util.ArrayList;
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
        if (!outcome.championVersion().equals(inProduction)) {
            reasons.add("version %s was compared with %s, but %s is in production"
                    .formatted(outcome.modelVersion(), named(outcome.championVersion()), named(inProduction)));
            return new PromotionDecision(Verdict.NOT_COMPARABLE, reasons);
        }
        var champion = outcome.champion();
        if (champion == null) {
            reasons.add("no model is in production");
            return new PromotionDecision(Verdict.PROMOTED, reasons);
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
        return new PromotionDecision(beats ? Verdict.PROMOTED : Verdict.KEPT, reasons);
    }

    private static String named(Optional<ModelVersion> version) {
        return version.map(it -> "version " + it).orElse("no model");
    }
}
