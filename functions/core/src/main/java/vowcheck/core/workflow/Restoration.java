package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.WritableModelStore;

/// The way back from a promotion that was not confirmed, however far it came. Repeating it is harmless. What
/// fails is thrown, as the ports say, and the promotion stays noted: the next attempt goes on with it.
public final class Restoration {

    private static final Logger LOG = System.getLogger(Restoration.class.getName());

    private final UnconfirmedPromotions unconfirmed;
    private final WritableModelStore models;
    private final ModelRegistry registry;

    public Restoration(UnconfirmedPromotions unconfirmed, WritableModelStore models, ModelRegistry registry) {
        this.unconfirmed = unconfirmed;
        this.models = models;
        this.registry = registry;
    }

    /// Takes back what an execution promoted and did not confirm, if there is such a thing.
    public void restore(Execution execution) {
        unconfirmed.current().filter(it -> it.isOf(execution)).ifPresent(this::takeBack);
    }

    /// Takes back what any other execution left unconfirmed. For the holder of the training lock, before it
    /// does anything else: the other one has ended.
    public void recover(Execution holder) {
        unconfirmed.current().filter(it -> !it.isOf(holder)).ifPresent(this::takeBack);
    }

    private void takeBack(UnconfirmedPromotion promotion) {
        var former = promotion.servedBefore();
        var challenger = promotion.challenger();
        if (models.inProduction().equals(Optional.of(challenger))) {
            former.ifPresentOrElse(models::promote, models::withdraw);
        }
        // Anything else was put there by somebody since, whose decision stands.
        if (models.inProduction().equals(former)) {
            restore(ModelAlias.PRODUCTION, former.map(ModelPointer::version));
            restore(ModelAlias.DEPRECATED, former.map(ModelPointer::formerVersion));
            former.map(ModelPointer::version)
                    .filter(ModelVersion::isRegistered)
                    .ifPresent(version -> registry.tag(version, Map.of("status", ModelAlias.PRODUCTION.fieldValue())));
        }
        registry.tag(challenger.version(), Map.of("comparison_result", "taken_back", "status", "rejected"));
        unconfirmed.forget();
        LOG.log(
                Level.WARNING,
                "version {0} was taken back: {1} did not confirm it",
                challenger.version(),
                promotion.execution().name());
    }

    private void restore(ModelAlias alias, Optional<ModelVersion> version) {
        version.filter(ModelVersion::isRegistered)
                .ifPresentOrElse(it -> registry.assign(alias, it), () -> registry.remove(alias));
    }
}
