package vowcheck.training;

import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;

/// What is in production when a training begins: a model, nothing, or something that cannot be opened.
sealed interface ServingChampion {

    /// Reads it from the store. Throws [ModelStoreUnavailable] when the store does not answer: a model that
    /// cannot be reached now may be intact.
    static ServingChampion in(WritableModelStore models) {
        try {
            return models.inProduction()
                    .<ServingChampion>map(pointer -> opened(models, pointer))
                    .orElseGet(None::new);
        } catch (UnusableModel e) {
            return new Unreadable(null, String.valueOf(e.getMessage()));
        }
    }

    private static ServingChampion opened(WritableModelStore models, ModelPointer pointer) {
        try {
            return new Opened(models.load(pointer.model()));
        } catch (UnusableModel e) {
            return new Unreadable(pointer.model(), String.valueOf(e.getMessage()));
        }
    }

    /// No model is in production.
    record None() implements ServingChampion {}

    /// The model in production.
    record Opened(ScoringModel model) implements ServingChampion {}

    /// A model is in production that cannot be opened.
    ///
    /// @param model null where the pointer cannot be read
    /// @param problem why, in words
    record Unreadable(@Nullable ModelIdentity model, String problem) implements ServingChampion {}
}
