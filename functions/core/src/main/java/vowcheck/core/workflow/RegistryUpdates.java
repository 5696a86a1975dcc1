package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.VersionStatus;

/// The updates of the registry that one step makes. Production does not depend on them: one that the registry
/// refuses, because people have deleted a run or a version, is logged and noted, and the others are made. What is
/// thrown says that a later attempt may succeed. A model that was never registered has neither aliases nor tags.
final class RegistryUpdates {

    private static final Logger LOG = System.getLogger(RegistryUpdates.class.getName());

    private final ModelRegistry registry;
    private final List<String> notes = new ArrayList<>();

    RegistryUpdates(ModelRegistry registry) {
        this.registry = registry;
    }

    /// Gives the alias `production` to the model that serves. An alias that cannot name it must not name another one
    /// either, since operators follow it.
    void moveProduction(Optional<ModelIdentity> serving) {
        var registered = serving.filter(model -> model.version().isRegistered());
        if (registered.isEmpty()) {
            removeProduction();
            return;
        }
        try {
            registry.assign(ModelAlias.PRODUCTION, registered.get());
        } catch (RegistryRefused e) {
            if (removeProduction()) {
                note("the registry's alias production was removed, since it cannot name version %s: %s"
                        .formatted(registered.get().version(), e.getMessage()));
            } else {
                note(String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean removeProduction() {
        try {
            registry.remove(ModelAlias.PRODUCTION);
            return true;
        } catch (RegistryRefused e) {
            note("the registry's alias production may name a model that does not serve, and must not be followed: "
                    + e.getMessage());
            return false;
        }
    }

    /// Gives the alias `deprecated` to the model that served before.
    void moveDeprecated(Optional<ModelIdentity> former) {
        make(() -> former.filter(model -> model.version().isRegistered())
                .ifPresentOrElse(
                        model -> registry.assign(ModelAlias.DEPRECATED, model),
                        () -> registry.remove(ModelAlias.DEPRECATED)));
    }

    /// Records what has become of a model.
    void mark(ModelIdentity model, VersionStatus status) {
        if (model.version().isRegistered()) {
            make(() -> registry.mark(model, status));
        }
    }

    /// Says for people what has become of a model, and why.
    void describe(ModelIdentity model, String description) {
        if (model.version().isRegistered()) {
            make(() -> registry.describe(model, description));
        }
    }

    /// Makes another update.
    void make(Runnable update) {
        try {
            update.run();
        } catch (RegistryRefused e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    /// Reports something else that people should know.
    void note(String sentence) {
        LOG.log(Level.WARNING, "{0}", sentence);
        notes.add(sentence);
    }

    /// Reports what is found more than once.
    void noteOnce(String sentence) {
        if (!notes.contains(sentence)) {
            note(sentence);
        }
    }

    /// One sentence for each thing that was reported.
    List<String> notes() {
        return List.copyOf(notes);
    }
}
