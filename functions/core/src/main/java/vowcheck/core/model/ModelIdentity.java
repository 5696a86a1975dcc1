package vowcheck.core.model;

/// Identifies one model for ever: by the content of its manifest, which holds the model file's hash. The version alone
/// does not, since a registry that lost its versions counts from 1 again.
///
/// @param version the version that the manifest states
/// @param manifestHash SHA-256 of the manifest
public record ModelIdentity(ModelVersion version, Sha256 manifestHash) {}
