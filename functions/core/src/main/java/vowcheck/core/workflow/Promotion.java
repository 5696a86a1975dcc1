package vowcheck.core.workflow;

import java.util.Map;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionRule;

/// Decides about a training's outcome, makes the challenger serve, and checks that it does. What fails on the
/// way is taken back by [Restoration].
public final class Promotion {

    private static final String STATUS = "status";
    private static final double TOLERANCE = 1e-9;

    private final Outcomes outcomes;
    private final UnconfirmedPromotions unconfirmed;
    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final SmokeCall smokeCall;
    private final PromotionRule rule;

    public Promotion(
            Outcomes outcomes,
            UnconfirmedPromotions unconfirmed,
            WritableModelStore models,
            ModelRegistry registry,
            SmokeCall smokeCall,
            PromotionRule rule) {
        this.outcomes = outcomes;
        this.unconfirmed = unconfirmed;
        this.models = models;
        this.registry = registry;
        this.smokeCall = smokeCall;
        this.rule = rule;
    }

    /// Decides, and promotes where the rule says so: the bundle is opened and its hashes are checked first,
    /// the promotion is noted as unconfirmed, the registry follows, the pointer comes last. Throws what the
    /// ports throw, and [UnusableModel] for a bundle that is not the one that was trained; what serves is then
    /// as it was, the registry perhaps not.
    public Result promote(Execution execution) {
        var outcome = outcomes.of(execution);
        var former = servedBefore(execution);
        var decision = rule.decide(outcome, former.map(ModelPointer::version));
        switch (decision) {
            case PromotionDecision.Promote _ -> promote(execution, outcome, former);
            case PromotionDecision.Keep _, PromotionDecision.NotComparable _ ->
                registry.tag(
                        outcome.modelVersion(), Map.of("comparison_result", decision.fieldValue(), STATUS, "rejected"));
        }
        return new Result(decision, outcome, former.map(ModelPointer::version));
    }

    /// What the challenger was compared with, also where it already serves: done before and repeated, it must
    /// not be compared with itself.
    private Optional<ModelPointer> servedBefore(Execution execution) {
        var serving = models.inProduction();
        return unconfirmed
                .current()
                .filter(it -> it.isOf(execution) && serving.equals(Optional.of(it.challenger())))
                .map(UnconfirmedPromotion::servedBefore)
                .orElse(serving);
    }

    private void promote(Execution execution, Outcome outcome, Optional<ModelPointer> former) {
        var formerVersion = former.map(ModelPointer::version);
        var pointer = new ModelPointer(outcome.modelVersion(), outcome.manifestHash(), formerVersion.orElse(null));
        models.load(pointer);
        unconfirmed.keep(new UnconfirmedPromotion(execution, pointer, former.orElse(null)));
        formerVersion.filter(ModelVersion::isRegistered).ifPresent(version -> {
            registry.tag(version, Map.of(STATUS, ModelAlias.DEPRECATED.fieldValue()));
            registry.assign(ModelAlias.DEPRECATED, version);
        });
        registry.tag(
                pointer.version(), Map.of("comparison_result", "promoted", STATUS, ModelAlias.PRODUCTION.fieldValue()));
        registry.assign(ModelAlias.PRODUCTION, pointer.version());
        models.promote(pointer);
    }

    /// Lets the service score the promoted version's own smoke application, and confirms the promotion. Throws
    /// [SmokeFailed] where it answers otherwise than the manifest says, or not at all.
    public SmokeCall.Answer smoke(Execution execution) {
        var outcome = outcomes.of(execution);
        var pointer = models.inProduction()
                .filter(it -> isChallenger(it, outcome))
                .orElseThrow(() -> new SmokeFailed(
                        "version %s is not in production, expected it to be".formatted(outcome.modelVersion())));
        try {
            var answer = smokeCall.answer(pointer.version());
            requireExpected(answer, pointer);
            unconfirmed.forget();
            return answer;
        } catch (WorkflowUnavailable | ModelStoreUnavailable | UnusableModel e) {
            throw new SmokeFailed("version %s could not be tried: %s".formatted(pointer.version(), e.getMessage()), e);
        }
    }

    private void requireExpected(SmokeCall.Answer answer, ModelPointer pointer) {
        if (!answer.version().equals(pointer.version())) {
            throw new SmokeFailed(
                    "version %s answers, expected version %s".formatted(answer.version(), pointer.version()));
        }
        double expected = models.load(pointer).manifest().smoke().probability();
        if (!(Math.abs(answer.probability() - expected) <= TOLERANCE)) {
            throw new SmokeFailed("version %s answers its smoke application with %s, expected the manifest's %s"
                    .formatted(answer.version(), answer.probability(), expected));
        }
    }

    private static boolean isChallenger(ModelPointer pointer, Outcome outcome) {
        return pointer.version().equals(outcome.modelVersion())
                && pointer.manifestHash().equals(outcome.manifestHash());
    }

    /// What was decided about an outcome, and what had been in production.
    public record Result(PromotionDecision decision, Outcome outcome, Optional<ModelVersion> former) {}
}
