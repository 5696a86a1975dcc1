package vowcheck.core.model;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A registry in memory that can fail from some call on.
public final class InMemoryModelRegistry implements ModelRegistry {

    private final Map<ModelAlias, ModelVersion> aliases = new EnumMap<>(ModelAlias.class);
    private final Map<ModelVersion, VersionStatus> statuses = new HashMap<>();
    private final Map<ModelVersion, String> descriptions = new HashMap<>();
    private final Map<ModelVersion, Sha256> hashes = new HashMap<>();
    private final Set<ModelVersion> deleted = new HashSet<>();
    private final Set<ModelVersion> withoutRun = new HashSet<>();
    private final Set<ModelVersion> byHand = new HashSet<>();
    private boolean keepsAliases;
    private Runnable meanwhile = () -> {};
    private int callsLeft = Integer.MAX_VALUE;

    /// Gives a version to a model; without this call, each version is the fixture's.
    public void register(ModelIdentity model) {
        hashes.put(model.version(), model.manifestHash());
        deleted.remove(model.version());
    }

    /// Gives an alias to a version that no training made, as a person does.
    public void assignByHand(ModelAlias alias, ModelVersion version) {
        byHand.add(version);
        aliases.put(alias, version);
    }

    /// Deletes a version, as a person does.
    public void delete(ModelVersion version) {
        deleted.add(version);
        aliases.values().removeIf(version::equals);
    }

    /// Deletes the run that made a version.
    public void deleteRun(ModelVersion version) {
        withoutRun.add(version);
    }

    /// Does something else during the next assignment of an alias, as another program may.
    public void meanwhile(Runnable act) {
        meanwhile = act;
    }

    /// Refuses to remove an alias from now on.
    public void refuseRemovals() {
        keepsAliases = true;
    }

    /// Answers so many calls more, and none after them.
    public void answerOnly(int calls) {
        callsLeft = calls;
    }

    /// Answers every call again.
    public void answer() {
        callsLeft = Integer.MAX_VALUE;
    }

    /// The last status that a version was marked with.
    public Optional<VersionStatus> status(ModelVersion version) {
        return Optional.ofNullable(statuses.get(version));
    }

    @Override
    public Optional<ModelVersion> holder(ModelAlias alias) {
        called();
        return Optional.ofNullable(aliases.get(alias));
    }

    @Override
    public void assign(ModelAlias alias, ModelIdentity model) {
        called();
        requireRegistered(model);
        aliases.put(alias, model.version());
        var act = meanwhile;
        meanwhile = () -> {};
        act.run();
    }

    @Override
    public void remove(ModelAlias alias) {
        called();
        if (keepsAliases) {
            throw new RegistryRefused("the registry in memory keeps its aliases");
        }
        aliases.remove(alias);
    }

    @Override
    public Sha256 manifestHash(ModelVersion version) {
        called();
        if (deleted.contains(version)) {
            throw new RegistryRefused("the registry in memory has no version " + version);
        }
        if (byHand.contains(version)) {
            throw new RegistryRefused("version %s has no hash: no training made it".formatted(version));
        }
        return hashes.getOrDefault(
                version, ModelFixtures.identity(version.value()).manifestHash());
    }

    /// What is said about a version.
    public Optional<String> description(ModelVersion version) {
        return Optional.ofNullable(descriptions.get(version));
    }

    @Override
    public void describe(ModelIdentity model, String description) {
        called();
        requireRegistered(model);
        descriptions.put(model.version(), description);
    }

    @Override
    public void mark(ModelIdentity model, VersionStatus status) {
        called();
        requireRegistered(model);
        statuses.put(model.version(), status);
        if (withoutRun.contains(model.version())) {
            throw new RegistryRefused("the run of version %s is deleted".formatted(model.version()));
        }
    }

    private void requireRegistered(ModelIdentity model) {
        int left = callsLeft;
        callsLeft = Integer.MAX_VALUE;
        try {
            if (!manifestHash(model.version()).equals(model.manifestHash())) {
                throw new RegistryRefused("version %s is another model".formatted(model.version()));
            }
        } finally {
            callsLeft = left;
        }
    }

    private void called() {
        if (callsLeft == 0) {
            throw new RegistryUnavailable("the registry in memory is out of reach");
        }
        callsLeft--;
    }
}
