package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;

/// Takes back a promotion that was not confirmed, however far it got. Repeating it is harmless. Failures of the
/// ports are thrown, and the promotion stays recorded, so that the next attempt continues.
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

    /// Takes back the unconfirmed promotion of an execution, if there is one.
    public void restore(Execution execution) {
        unconfirmed.current().filter(it -> it.isOf(execution)).ifPresent(this::takeBack);
    }

    /// Takes back the unconfirmed promotion of any other execution. The holder of the training lock calls this
    /// before anything else: as it has the lock, the other execution has ended.
    public void recover(Execution holder) {
        unconfirmed.current().filter(it -> !it.isOf(holder)).ifPresent(this::takeBack);
    }

    private void takeBack(UnconfirmedPromotion promotion) {
        var former = promotion.servedBefore();
        var challenger = promotion.challenger();
        if (models.inProduction().equals(Optional.of(challenger))) {
            former.ifPresentOrElse(models::promote, models::withdraw);
        }
        // Any other model was put there since by an operator, whose decision stands.
        if (models.inProduction().equals(former)) {
            restore(ModelAlias.PRODUCTION, former.map(ModelPointer::version));
            restore(ModelAlias.DEPRECATED, former.map(ModelPointer::formerVersion));
            former.map(ModelPointer::version)
                    .filter(ModelVersion::isRegistered)
                    .ifPresent(version -> registry.mark(version, VersionStatus.REINSTATED));
        }
        registry.mark(challenger.version(), VersionStatus.TAKEN_BACK);
        unconfirmed.forget();
        LOG.log(
                Level.WARNING,
                "version {0} was taken back: execution {1} did not confirm it",
                challenger.version(),
                promotion.execution().name());
    }

    private void restore(ModelAlias alias, Optional<ModelVersion> version) {
        version.filter(ModelVersion::isRegistered)
                .ifPresentOrElse(it -> registry.assign(alias, it), () -> registry.remove(alias));
    }
}
