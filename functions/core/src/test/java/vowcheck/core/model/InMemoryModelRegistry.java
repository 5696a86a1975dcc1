package vowcheck.core.model;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A registry in memory that can fail from some call on.
public final class InMemoryModelRegistry implements ModelRegistry {

    private final Map<ModelAlias, ModelVersion> aliases = new EnumMap<>(ModelAlias.class);
    private final Map<ModelVersion, VersionStatus> statuses = new HashMap<>();
    private int callsLeft = Integer.MAX_VALUE;

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
    public void assign(ModelAlias alias, ModelVersion version) {
        called();
        aliases.put(alias, version);
    }

    @Override
    public void remove(ModelAlias alias) {
        called();
        aliases.remove(alias);
    }

    @Override
    public Sha256 manifestHash(ModelVersion version) {
        called();
        return ModelFixtures.pointer(version.value()).manifestHash();
    }

    @Override
    public void mark(ModelVersion version, VersionStatus status) {
        called();
        statuses.put(version, status);
    }

    private void called() {
        if (callsLeft == 0) {
            throw new RegistryUnavailable("the registry in memory is out of reach");
        }
        callsLeft--;
    }
}
