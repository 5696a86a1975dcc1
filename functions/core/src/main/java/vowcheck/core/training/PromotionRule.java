package vowcheck.core.training;

import static vowcheck.core.training.PromotionPolicy.GAP_TOLERANCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.training.PromotionDecision.Verdict;

/// Decides whether a challenger is promoted: by a policy where it was compared with the model in production, and
/// always where no model is in production. A model that cannot be opened counts as none, and so does one
/// whose pointer was lost since: otherwise, the cure, a training, would need what is lost. Whatever the
/// policy, a recipe that a search has found is not promoted where it does worse on new people than the
/// default recipe, or where its scores or explanations cost too much.
public final class PromotionRule {

    private final PromotionPolicy policy;

    public PromotionRule(PromotionPolicy policy) {
        this.policy = policy;
    }

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
        var searched = outcome.searched();
        if (searched != null) {
            reasons.add(found(searched));
        }
        return new PromotionDecision(verdict, reasons);
    }

    private static String found(SearchedRecipe searched) {
        return searched.isDefault()
                ? "a search found no better recipe than the default one (trials: %d)".formatted(searched.trials())
                : String.format(
                        Locale.ROOT,
                        "its recipe is trial %d of %d of a search: on new people, average precision %.6f, the default"
                                + " recipe's %.6f; a score takes %.1f times the default's steps, an explanation %.1f"
                                + " times its work",
                        searched.chosen(),
                        searched.trials(),
                        searched.averagePrecision(),
                        searched.defaultAveragePrecision(),
                        searched.scoreFactor(),
                        searched.explanationFactor());
    }

    private Verdict verdict(Outcome outcome, Optional<ModelIdentity> inProduction, List<String> reasons) {
        var searched = outcome.searched();
        if (searched != null && searched.isWorseThanDefault()) {
            reasons.add("the searched recipe of version %s is worse on new people than the default one"
                    .formatted(outcome.modelVersion()));
            return Verdict.KEPT;
        }
        if (searched != null && searched.isTooCostly()) {
            reasons.add("the searched recipe of version %s is too costly, expected at most %d times the default's steps"
                            .formatted(outcome.modelVersion(), SearchedRecipe.SCORE_FACTOR)
                    + " for a score and %d times its work for an explanation"
                            .formatted(SearchedRecipe.EXPLANATION_FACTOR));
            return Verdict.KEPT;
        }
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
            case Outcome.IncomparableChampion incomparable -> {
                reasons.add(incomparable.problem());
                yield Verdict.NOT_COMPARABLE;
            }
            case Outcome.MeasuredChampion measured -> compared(outcome, measured, reasons);
        };
    }

    private Verdict compared(Outcome outcome, Outcome.MeasuredChampion champion, List<String> reasons) {
        var comparison = champion.comparison();
        double ours = comparison.challenger().averagePrecision();
        boolean beats = ours > champion.averagePrecision();
        reasons.add(String.format(
                Locale.ROOT,
                "version %s has average precision %.6f on %d test rows, %s than the %.6f of version %s in production",
                outcome.modelVersion(),
                ours,
                comparison.rows().rows(),
                beats ? "higher" : "not higher",
                champion.averagePrecision(),
                champion.model().version()));
        if (comparison.leftOut() > 0) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%,d test rows dated up to %s were left out: rows of these days fitted version %s",
                    comparison.leftOut(),
                    comparison.championFittedUntil(),
                    champion.model().version()));
        }
        reasons.add("the stage's policy, %s, decides by %s"
                .formatted(
                        policy.inWords(),
                        policy == PromotionPolicy.CONTRACT
                                ? "this comparison"
                                : "how both recipes do on people whom they have not seen"));
        if (policy == PromotionPolicy.CONTRACT) {
            return beats ? Verdict.PROMOTED : Verdict.KEPT;
        }
        return switch (comparison.newPeople()) {
            case NewPeopleComparison.NotFitted(var problem) -> {
                reasons.add(problem);
                yield Verdict.NOT_COMPARABLE;
            }
            case NewPeopleComparison.Measured measured -> onNewPeople(comparison, measured, reasons);
        };
    }

    private Verdict onNewPeople(Comparison comparison, NewPeopleComparison.Measured measured, List<String> reasons) {
        var differences = measured.differences();
        reasons.add(precision(comparison, measured));
        reasons.add(calibration(measured));
        reasons.add(gap("recall at the review capacity", differences.recallGap()));
        reasons.add(gap("calibration error", differences.calibrationGap()));
        var few = differences.ageGroups().stream()
                .filter(group -> !group.counts())
                .map(group -> String.format(
                        Locale.ROOT, "%s with %d divorces", group.ages().inWords(), group.positives()))
                .toList();
        if (!few.isEmpty()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "ages with fewer than %d divorces do not count in a gap: %s",
                    ComparedRows.LEAST_POSITIVES_OF_AGES,
                    String.join(", ", few)));
        }
        return policy.accepts(differences, comparison.challengerIsNewer()) ? Verdict.PROMOTED : Verdict.KEPT;
    }

    private String precision(Comparison comparison, NewPeopleComparison.Measured measured) {
        var difference = measured.differences().averagePrecision();
        var figures = String.format(
                Locale.ROOT,
                "on new people its recipe has average precision %.4f, that of the model in production %.4f: a difference"
                        + " of %+.4f, with 95 %% confidence more than %+.4f",
                measured.challenger().averagePrecision(),
                measured.champion().averagePrecision(),
                difference.difference(),
                difference.lower());
        if (difference.lower() > 0) {
            return figures + ", so it is better beyond chance";
        }
        if (policy != PromotionPolicy.REFRESH) {
            return figures + ", so it is not better beyond chance";
        }
        if (!comparison.challengerIsNewer()) {
            return figures + ", so it is not better beyond chance, and it was not fitted on newer rows";
        }
        return figures
                + String.format(
                        Locale.ROOT,
                        policy.acceptsPrecision(difference, true)
                                ? ", so it is fitted on newer rows and at most %.3f worse"
                                : ", so it may be more than %.3f worse",
                        PromotionPolicy.MARGIN);
    }

    private static String calibration(NewPeopleComparison.Measured measured) {
        var difference = measured.differences().calibrationError();
        return String.format(
                Locale.ROOT,
                "its calibration error changes by %+.4f, with 95 %% confidence by more than %+.4f, so it is %s",
                difference.difference(),
                difference.lower(),
                PromotionPolicy.acceptsCalibration(difference) ? "not worse beyond chance" : "worse beyond chance");
    }

    private static String gap(String metric, Interval difference) {
        return String.format(
                Locale.ROOT,
                "the gap in %s between ages changes by %+.4f, with 95 %% confidence by more than %+.4f, so it is %s",
                metric,
                difference.difference(),
                difference.lower(),
                widening(difference));
    }

    private static String widening(Interval difference) {
        var tolerance = String.format(Locale.ROOT, "wider by more than %.2f", GAP_TOLERANCE);
        if (!PromotionPolicy.acceptsGap(difference)) {
            return tolerance + " and beyond chance, which is too much";
        }
        return difference.difference() <= GAP_TOLERANCE ? "not " + tolerance : tolerance + ", but not beyond chance";
    }

    /// By its version, and exactly where the other one has the same.
    private static String named(Optional<ModelIdentity> model, Optional<ModelIdentity> other) {
        boolean isAlone = !model.map(ModelIdentity::version).equals(other.map(ModelIdentity::version));
        return model.map(it -> "version " + (isAlone ? it.version().value() : it.exactName()))
                .orElse("no model");
    }
}
