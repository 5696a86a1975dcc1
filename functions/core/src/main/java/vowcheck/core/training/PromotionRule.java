package vowcheck.core.training;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelVersion;

/// The contract's rule: a challenger is promoted when it beats the model in production on the same test
/// rows by average precision, or when there is none.
public final class PromotionRule {

    /// Decides about a training's outcome, `inProduction` being what serves now.
    public PromotionDecision decide(Outcome outcome, Optional<ModelVersion> inProduction) {
        var reasons = new ArrayList<String>();
        if (!outcome.championVersion().equals(inProduction)) {
            reasons.add("version %s was compared with %s, but in production is %s"
                    .formatted(outcome.modelVersion(), named(outcome.championVersion()), named(inProduction)));
            return new PromotionDecision.NotComparable(reasons);
        }
        var champion = outcome.champion();
        if (champion == null) {
            reasons.add("no model is in production");
            return new PromotionDecision.Promote(reasons);
        }
        boolean beats = outcome.averagePrecision() > champion.averagePrecision();
        reasons.add(String.format(
                Locale.ROOT,
                "version %s has average precision %.6f on %d test rows, %s than %.6f of version %s in production",
                outcome.modelVersion(),
                outcome.averagePrecision(),
                outcome.testRows(),
                beats ? "more" : "not more",
                champion.averagePrecision(),
                champion.version()));
        if (champion.fittedUntilTestRows()) {
            reasons.add("version %s was fitted on days of the test rows, so it looks better than it is"
                    .formatted(champion.version()));
        }
        return beats ? new PromotionDecision.Promote(reasons) : new PromotionDecision.Keep(reasons);
    }

    private static String named(Optional<ModelVersion> version) {
        return version.map(it -> "version " + it).orElse("no model");
    }
}
