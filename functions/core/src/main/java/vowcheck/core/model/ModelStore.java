package vowcheck.core.model;

/// Port: stores model bundles and the pointer to the one in production.
public interface ModelStore {

    /// The pointer to the model in production; throws [ModelStoreUnavailable] when the store does not answer or
    /// has no model in production yet.
    ModelPointer production();

    /// Loads and checks the bundle that a pointer names.
    ///
    /// Throws [ModelStoreUnavailable] when the store does not answer, [UnusableModel] when the bundle is missing,
    /// damaged or of a kind that this program cannot evaluate.
    ScoringModel load(ModelPointer pointer);

    /// Loads the bundle of a version that was promoted earlier. The model file is checked against the manifest, but
    /// not the manifest itself: no pointer names its hash any more. Throws as the other method does.
    ScoringModel load(ModelVersion version);
}
