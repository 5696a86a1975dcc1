package vowcheck.core.model;

/// Port: where model bundles and the pointer to the one in production are kept.
public interface ModelStore {

    /// The pointer to the model in production; throws [ModelStoreUnavailable] when the store does not answer or
    /// has no model in production yet.
    ModelPointer production();

    /// Loads and checks the bundle that a pointer names.
    ///
    /// Throws [ModelStoreUnavailable] when the store does not answer, [UnusableModel] when the bundle is missing,
    /// damaged or of a kind that this code cannot evaluate.
    ScoringModel load(ModelPointer pointer);

    /// Loads the bundle of a version that was promoted at some time, checked in itself: no pointer tells any more
    /// which manifest it had. Throws as the other does.
    ScoringModel load(ModelVersion version);
}
