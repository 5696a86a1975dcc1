package vowcheck.core.model;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A registry in memory that can fail from some call on.
public final class InMemoryModelRegistry implements ModelRegistry {

    private final Map<ModelAlias, ModelVersion> aliases = new EnumMap<>(ModelAlias.class);
    private final Map<ModelVersion, Map<String, String>> tags = new HashMap<>();
    private int callsLeft = Integer.MAX_VALUE;

    /// Answers so many calls more, and none after them.
    public void answerOnly(int calls) {
        callsLeft = calls;
    }

    /// Answers every call again.
    public void answer() {
        callsLeft = Integer.MAX_VALUE;
    }

    /// The tags of a version.
    public Map<String, String> tags(ModelVersion version) {
        return new TreeMap<>(tags.getOrDefault(version, Map.of()));
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
    public void tag(ModelVersion version, Map<String, String> more) {
        called();
        requireNonNull(tags.computeIfAbsent(version, _ -> new HashMap<>())).putAll(more);
    }

    private void called() {
        if (callsLeft == 0) {
            throw new RegistryUnavailable("the registry in memory is out of reach");
        }
        callsLeft--;
    }
}
