package vowcheck.core.model;

import java.util.Optional;

/// Port: the registered versions of the model. Every method is harmless when it is repeated, and throws
/// [RegistryUnavailable] when the registry does not answer, [RegistryRefused] when it refuses.
///
/// People delete and rename what is in a registry, and one that lost its versions counts from 1 again: a method that
/// takes an identity throws [RegistryRefused], and changes nothing, where another model has the version.
public interface ModelRegistry {

    /// The version that has an alias; empty when none has it.
    Optional<ModelVersion> holder(ModelAlias alias);

    /// Gives an alias to a version, and takes it from the one that had it.
    void assign(ModelAlias alias, ModelIdentity model);

    /// Removes an alias, whichever version has it.
    void remove(ModelAlias alias);

    /// SHA-256 of the manifest that was published with a version. Throws [RegistryRefused] where it states none: no
    /// training made it.
    Sha256 manifestHash(ModelVersion version);

    /// Describes a version for people, in place of what was said about it before.
    void describe(ModelIdentity model, String description);

    /// Records the status of a version, with the version and with the run that made it.
    void mark(ModelIdentity model, VersionStatus status);
}
