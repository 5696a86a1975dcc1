package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionRule;

/// Decides about a training's outcome, makes the challenger serve, checks that it does, and takes it back
/// when it does not.
public final class Promotion {

    private static final Logger LOG = System.getLogger(Promotion.class.getName());

    private static final String STATUS = "status";
    private static final double TOLERANCE = 1e-9;

    private final Outcomes outcomes;
    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final SmokeCall smokeCall;
    private final PromotionRule rule;

    public Promotion(
            Outcomes outcomes,
            WritableModelStore models,
            ModelRegistry registry,
            SmokeCall smokeCall,
            PromotionRule rule) {
        this.outcomes = outcomes;
        this.models = models;
        this.registry = registry;
        this.smokeCall = smokeCall;
        this.rule = rule;
    }

    /// Decides, and promotes where the rule says so: the bundle is opened and its hashes are checked first,
    /// the registry follows, the pointer comes last. Throws what the ports throw, and [UnusableModel] for a
    /// bundle that is not the one that was trained; production is then as it was.
    public Result promote(Execution execution) {
        var outcome = outcomes.of(execution);
        var serving = models.inProduction();
        // Done before and repeated: the challenger must not be compared with itself.
        var former = serving.filter(it -> isChallenger(it, outcome)).isPresent() ? outcomes.former(execution) : serving;
        var decision = rule.decide(outcome, former.map(ModelPointer::version));
        switch (decision) {
            case PromotionDecision.Promote _ -> {
                outcomes.keepFormer(execution, former);
                promote(outcome, former);
            }
            case PromotionDecision.Keep _, PromotionDecision.NotComparable _ ->
                registry.tag(
                        outcome.modelVersion(), Map.of("comparison_result", decision.fieldValue(), STATUS, "rejected"));
        }
        return new Result(decision, outcome, former.map(ModelPointer::version));
    }

    private void promote(Outcome outcome, Optional<ModelPointer> former) {
        var pointer = new ModelPointer(
                outcome.modelVersion(),
                outcome.manifestHash(),
                former.map(ModelPointer::version).orElse(null));
        models.load(pointer);
        try {
            registered(former.map(ModelPointer::version)).ifPresent(version -> {
                registry.tag(version, Map.of(STATUS, ModelAlias.DEPRECATED.fieldValue()));
                registry.assign(ModelAlias.DEPRECATED, version);
            });
            registry.tag(
                    pointer.version(),
                    Map.of("comparison_result", "promoted", STATUS, ModelAlias.PRODUCTION.fieldValue()));
            registry.assign(ModelAlias.PRODUCTION, pointer.version());
            models.promote(pointer);
        } catch (RegistryUnavailable | ModelStoreUnavailable e) {
            restoreRegistry(outcome.modelVersion(), former);
            throw e;
        }
    }

    /// Lets the service score the promoted version's own smoke application. Where it answers otherwise than
    /// the manifest says, or not at all, what served before is restored and [SmokeFailed] is thrown.
    public SmokeCall.Answer smoke(Execution execution) {
        var outcome = outcomes.of(execution);
        var pointer = models.inProduction()
                .filter(it -> isChallenger(it, outcome))
                .orElseThrow(() -> new SmokeFailed(
                        "version %s is not in production, expected it to be".formatted(outcome.modelVersion())));
        try {
            var answer = smokeCall.answer(pointer.version());
            requireExpected(answer, pointer);
            return answer;
        } catch (SmokeFailed e) {
            restore(execution, pointer);
            throw e;
        } catch (WorkflowUnavailable | ModelStoreUnavailable | UnusableModel e) {
            restore(execution, pointer);
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

    private void restore(Execution execution, ModelPointer failed) {
        var former = outcomes.former(execution);
        former.ifPresentOrElse(models::promote, models::withdraw);
        restoreRegistry(failed.version(), former);
    }

    /// As well as it goes: what serves is the pointer's matter, and whatever made this necessary is thrown
    /// anyway.
    private void restoreRegistry(ModelVersion failed, Optional<ModelPointer> former) {
        try {
            restore(ModelAlias.PRODUCTION, former.map(ModelPointer::version));
            restore(ModelAlias.DEPRECATED, former.map(ModelPointer::formerVersion));
            registered(former.map(ModelPointer::version))
                    .ifPresent(version -> registry.tag(version, Map.of(STATUS, ModelAlias.PRODUCTION.fieldValue())));
            registry.tag(failed, Map.of("comparison_result", "taken_back", STATUS, "rejected"));
        } catch (RegistryUnavailable e) {
            LOG.log(Level.ERROR, "the registry could not be restored: {0}", e.getMessage());
        }
    }

    private void restore(ModelAlias alias, Optional<ModelVersion> version) {
        registered(version).ifPresentOrElse(it -> registry.assign(alias, it), () -> registry.remove(alias));
    }

    /// The committed bundle serves without ever having been registered.
    private static Optional<ModelVersion> registered(Optional<ModelVersion> version) {
        return version.filter(it -> !it.equals(ModelVersion.BASELINE));
    }

    private static boolean isChallenger(ModelPointer pointer, Outcome outcome) {
        return pointer.version().equals(outcome.modelVersion())
                && pointer.manifestHash().equals(outcome.manifestHash());
    }

    /// What was decided about an outcome, and what had been in production.
    public record Result(PromotionDecision decision, Outcome outcome, Optional<ModelVersion> former) {}
}
