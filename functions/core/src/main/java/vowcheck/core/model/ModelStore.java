package vowcheck.core.model;

/// Port: stores model bundles and the pointer to the one in production.
public interface ModelStore {

    /// What the pointer names: the model in production, and its shadow. Throws [ModelStoreUnavailable] when the store
    /// does not answer, and [UnusableModel] when the pointer is missing or cannot be read; one that cannot be read
    /// about the shadow only is no reason to throw.
    ModelsInService serving();

    /// The pointer to the model in production. Throws as [#serving] does.
    default ModelPointer production() {
        return serving().production();
    }

    /// Loads and checks a bundle.
    ///
    /// Throws [ModelStoreUnavailable] when the store does not answer, [UnusableModel] when the bundle is missing,
    /// damaged or of a kind that this program cannot evaluate.
    ScoringModel load(ModelIdentity model);

    /// Loads the bundle of a version of which nothing else is known: predictions were logged without the manifest's
    /// hash once. The model file is checked against the manifest. Throws as the other method does, and
    /// [UnusableModel] also where several bundles have that version.
    ScoringModel load(ModelVersion version);
}
