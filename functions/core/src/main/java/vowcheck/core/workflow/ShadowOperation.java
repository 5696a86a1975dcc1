package vowcheck.core.workflow;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelsInService;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.model.ShadowStart;
import vowcheck.core.model.WritableModelStore;

/// Starts and stops the shadow, as an operator decides. The model is loaded and checked before anything changes. A
/// [DecisionAudit] that cannot be written is reported, and holds nothing back.
public final class ShadowOperation {

    private final WritableModelStore models;
    private final DecisionAudit audit;
    private final InstantSource clock;
    private final UsableModels usable;

    public ShadowOperation(WritableModelStore models, DecisionAudit audit, InstantSource clock) {
        this.models = models;
        this.audit = audit;
        this.clock = clock;
        this.usable = new UsableModels(models);
    }

    /// Makes a model the shadow, in place of the former one if there is one. For the model that is the shadow
    /// already, it changes nothing. Throws [RollbackRefused] where the choice names none or several, or one that
    /// cannot be used or is in production, [UnusableModel] where no pointer says what is, [ProductionChanged] or
    /// [ShadowChanged] where somebody was faster, and what [WritableModelStore] throws.
    public Result start(ModelChoice choice, OperatorsOrder order) {
        var inService = models.serving();
        var production = inService.production().model();
        var model = usable.only(choice);
        if (model.equals(production)) {
            throw new RollbackRefused(
                    "version %s is in production: a model is not its own shadow".formatted(model.version()));
        }
        usable.require(model);
        var shadow = new NamedShadow(
                model,
                new ShadowStart(
                        clock.instant(), order.operator(), order.reason().text()));
        if (inService.shadow() instanceof NamedShadow former && former.model().equals(model)) {
            return new Result(former, Optional.empty(), List.of());
        }
        return change(order, ModelDecision.Kind.SHADOW_STARTED, inService, model, shadow);
    }

    /// Ends the shadow; without one, it changes nothing. Throws as [#start] does.
    public Result stop(OperatorsOrder order) {
        var inService = models.serving();
        return switch (inService.shadow()) {
            case NoShadow _ -> new Result(NoShadow.NONE, Optional.empty(), List.of());
            case NamedShadow shadow ->
                change(order, ModelDecision.Kind.SHADOW_STOPPED, inService, shadow.model(), NoShadow.NONE);
            case UnreadableShadow _ -> change(order, ModelDecision.Kind.SHADOW_STOPPED, inService, null, NoShadow.NONE);
        };
    }

    /// @param about the model that becomes the shadow, or was it; null where nobody can read which
    private Result change(
            OperatorsOrder order,
            ModelDecision.Kind kind,
            ModelsInService inService,
            @Nullable ModelIdentity about,
            ShadowPointer next) {
        var notes = new ArrayList<String>();
        var production = inService.production();
        var entry = audit.begin(
                new ModelDecision(
                        order.id(), kind, order.operator(), order.reason().text(), production.model(), about),
                notes::add);
        if (!models.shadow(inService, next)) {
            throw faster(inService);
        }
        entry.done();
        var former = inService.shadow() instanceof NamedShadow shadow
                ? Optional.of(shadow.model())
                : Optional.<ModelIdentity>empty();
        return new Result(next, former, notes);
    }

    /// What another program has changed since `inService` was read.
    private RuntimeException faster(ModelsInService inService) {
        var serving = models.inProduction();
        return serving.equals(Optional.of(inService.production()))
                ? new ShadowChanged(models.serving().shadow())
                : new ProductionChanged(serving);
    }

    /// What is the shadow now.
    ///
    /// @param former the model that was the shadow before; empty where none was, and where the same one was
    /// @param notes what was not done besides; one sentence each
    public record Result(ShadowPointer shadow, Optional<ModelIdentity> former, List<String> notes) {

        public Result {
            notes = List.copyOf(notes);
        }
    }
}
