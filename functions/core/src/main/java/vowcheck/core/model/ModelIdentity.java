package vowcheck.core.model;

/// Identifies one model for ever: by the content of its manifest, which holds the model file's hash. The version alone
/// does not, since a registry that lost its versions counts from 1 again.
///
/// @param version the version that the manifest states
/// @param manifestHash SHA-256 of the manifest
public record ModelIdentity(ModelVersion version, Sha256 manifestHash) {

    /// How many digits of the hash a message shows: enough to tell apart all models of a version.
    private static final int SHOWN_DIGITS = 12;

    /// The text that names this model and no other, such as `3@9f86d081884c`.
    public String exactName() {
        return version + "@" + manifestHash.hex().substring(0, SHOWN_DIGITS);
    }
}
