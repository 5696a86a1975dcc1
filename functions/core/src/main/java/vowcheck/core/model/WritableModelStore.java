package vowcheck.core.model;

import java.util.Optional;

/// Port: a model store whose pointer can be moved. Every method throws [ModelStoreUnavailable] when the
/// store does not answer.
public interface WritableModelStore extends ModelStore {

    /// The pointer to the model in production, read anew; empty before the first promotion.
    Optional<ModelPointer> inProduction();

    /// Makes a pointer the one that serves.
    void promote(ModelPointer pointer);

    /// Takes the pointer away, so that no model is in production.
    void withdraw();
}
