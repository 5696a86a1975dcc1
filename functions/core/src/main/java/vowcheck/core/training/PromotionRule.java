package vowcheck.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.training.PromotionDecision.Verdict;

/// The contract's rule: a challenger is promoted when its average precision is higher than that of the model in
/// production on the same test rows, or when no model is in production. A model that cannot be opened counts as none,
/// and so does one whose pointer was lost since: otherwise, the cure, a training, would need what is lost.
public final class PromotionRule {

    /// Decides about the outcome of a training, given the model that is in production now. Models
    /// are told apart by their identity: another one of the same version is another champion.
    public PromotionDecision decide(Outcome outcome, Optional<ModelIdentity> inProduction) {
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

    private static Verdict verdict(Outcome outcome, Optional<ModelIdentity> inProduction, List<String> reasons) {
        var compared = outcome.championModel();
        if (compared.isPresent() && inProduction.isEmpty()) {
            reasons.add("version %s was compared with %s, but no model is in production any more"
                    .formatted(outcome.modelVersion(), named(compared, inProduction)));
            return Verdict.PROMOTED;
        }
        if (!compared.equals(inProduction)) {
            reasons.add("version %s was compared with %s, but %s is in production"
                    .formatted(outcome.modelVersion(), named(compared, inProduction), named(inProduction, compared)));
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
                                unreadable.model() == null
                                        ? "a model"
                                        : "version " + unreadable.model().version(),
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
                champion.model().version()));
        if (champion.fittedUntilTestRows()) {
            reasons.add("version %s was fitted on days of the test rows, so it looks better than it is"
                    .formatted(champion.model().version()));
        }
        return beats ? Verdict.PROMOTED : Verdict.KEPT;
    }

    /// By its version, and exactly where the other one has the same.
    private static String named(Optional<ModelIdentity> model, Optional<ModelIdentity> other) {
        boolean isAlone = !model.map(ModelIdentity::version).equals(other.map(ModelIdentity::version));
        return model.map(it -> "version " + (isAlone ? it.version().value() : it.exactName()))
                .orElse("no model");
    }
}
