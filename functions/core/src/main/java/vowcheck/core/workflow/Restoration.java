package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;

/// Takes back a promotion that was not confirmed, however far it got. Repeating it is harmless. Failures of the
/// ports are thrown, and the promotion stays recorded, so that the next attempt continues. What the registry
/// refuses is reported, and does not hinder anything: each method returns one sentence for each refusal. A former
/// model that cannot be used any more is not put back: the challenger, which can be opened, is better than none.
public final class Restoration {

    private static final Logger LOG = System.getLogger(Restoration.class.getName());

    private final UnconfirmedPromotions unconfirmed;
    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final DecisionAudit audit;
    private final PointerMove moves;

    public Restoration(
            UnconfirmedPromotions unconfirmed, WritableModelStore models, ModelRegistry registry, DecisionAudit audit) {
        this.unconfirmed = unconfirmed;
        this.models = models;
        this.registry = registry;
        this.audit = audit;
        this.moves = new PointerMove(models, audit);
    }

    /// Takes back the unconfirmed promotion of an execution, if there is one.
    public List<String> restore(Execution execution) {
        return takeBack(it -> it.isOf(execution));
    }

    /// Takes back the unconfirmed promotion of any other execution. The holder of the training lock calls this
    /// before anything else: as it has the lock, the other execution has ended.
    public List<String> recover(Execution holder) {
        return takeBack(it -> !it.isOf(holder));
    }

    private List<String> takeBack(Predicate<UnconfirmedPromotion> isMeant) {
        var updates = new RegistryUpdates(registry);
        try {
            unconfirmed.current().filter(isMeant).ifPresent(promotion -> takeBack(promotion, updates));
        } catch (UnreadablePromotion e) {
            // It says neither what to take back nor whose it is, and must not hinder every later training.
            updates.note("%s: nothing is taken back, what serves stays".formatted(e.getMessage()));
            unconfirmed.forget();
        }
        return updates.notes();
    }

    private void takeBack(UnconfirmedPromotion promotion, RegistryUpdates updates) {
        var former = promotion.servedBefore();
        var challenger = promotion.challenger();
        var serving = serving(promotion, updates);
        var decision = ModelDecision.of(
                promotion.execution(),
                ModelDecision.Kind.TAKEN_BACK,
                "the promotion was not confirmed",
                Optional.of(challenger.model()),
                former.map(ModelPointer::model));
        // Also where nothing can be read, and where the pointer is missing, since no operator withdraws a model.
        if (serving.isEmpty() || serving.equals(Optional.of(challenger))) {
            try {
                former.map(ModelPointer::model).ifPresent(models::load);
            } catch (UnusableModel e) {
                updates.note("%s: what is in production stays, though it was not confirmed".formatted(e.getMessage()));
                unconfirmed.forget();
                return;
            }
            var entry = audit.begin(decision, updates::note);
            boolean first = former.isPresent()
                    ? moves.replace(serving, former.get(), decision, updates::note)
                    : moves.withdraw(serving, decision, updates::note);
            if (first) {
                entry.done();
            } else {
                updates.note("production changed while version %s was taken back, and stays as it is"
                        .formatted(challenger.version()));
            }
        } else if (serving.equals(former)) {
            audit.complete(decision);
        }
        // Any other model was put there since by an operator, whose decision stands.
        if (models.inProduction().equals(former)) {
            updates.moveProduction(former.map(ModelPointer::model));
            updates.make(() -> updates.moveDeprecated(former.flatMap(this::beforeIt)));
            former.map(ModelPointer::model).ifPresent(model -> updates.mark(model, VersionStatus.REINSTATED));
        }
        updates.mark(challenger.model(), VersionStatus.TAKEN_BACK);
        updates.describe(
                challenger.model(),
                "taken back: the execution %s promoted it and did not confirm it"
                        .formatted(promotion.execution().name()));
        unconfirmed.forget();
        LOG.log(
                Level.WARNING,
                "version {0} was taken back: execution {1} did not confirm it",
                challenger.version(),
                promotion.execution().name());
    }

    private Optional<ModelPointer> serving(UnconfirmedPromotion promotion, RegistryUpdates updates) {
        try {
            var serving = models.inProduction();
            if (serving.isEmpty() && promotion.servedBefore().isPresent()) {
                updates.note("no model is in production: what served before is put back");
            }
            return serving;
        } catch (UnusableModel e) {
            updates.note("%s: what served before is put back".formatted(e.getMessage()));
            return Optional.empty();
        }
    }

    /// The model that a pointer's model replaced. Earlier builds noted its version only.
    private Optional<ModelIdentity> beforeIt(ModelPointer pointer) {
        return pointer.former()
                .or(() -> Optional.ofNullable(pointer.formerVersion())
                        .filter(ModelVersion::isRegistered)
                        .map(version -> new ModelIdentity(version, registry.manifestHash(version))));
    }
}
