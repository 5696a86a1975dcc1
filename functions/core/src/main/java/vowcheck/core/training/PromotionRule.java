package vowcheck.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.PromotionDecision.Verdict;

/// The contract's rule: a challenger is promoted when its average precision is higher than that of the model in
/// production on the same test rows, or when no model is in production. A model that cannot be opened counts as none,
/// and so does one whose pointer was lost since: otherwise, the cure, a training, would need what is lost.
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
        var compared = outcome.championVersion();
        if (compared.isPresent() && inProduction.isEmpty()) {
            reasons.add("version %s was compared with %s, but no model is in production any more"
                    .formatted(outcome.modelVersion(), named(compared)));
            return Verdict.PROMOTED;
        }
        if (!compared.equals(inProduction)) {
            reasons.add("version %s was compared with %s, but %s is in production"
                    .formatted(outcome.modelVersion(), named(compared), named(inProduction)));
            return Verdict.NOT_COMPARABLE;
        }
        return switch (outcome.champion()) {
            case null -> {
                reasons.add("no model is in production");
                yield Verdict.PROMOTED;
            }
            case Outcome.UnreadableChampion unreadable -> {
                reasons.add("%s is in production but cannot be opened (%s), so it counts as none"
                        .formatted(
                                unreadable.version() == null ? "a model" : "version " + unreadable.version(),
                                unreadable.problem()));
                yield Verdict.PROMOTED;
            }
            case Outcome.MeasuredChampion measured -> compared(outcome, measured, reasons);
        };
    }

    private static Verdict compared(Outcome outcome, Outcome.MeasuredChampion champion, List<String> reasons) {
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
