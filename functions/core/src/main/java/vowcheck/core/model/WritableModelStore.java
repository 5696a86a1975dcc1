package vowcheck.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Port: a model store that bundles can be added to and whose pointer can be moved. Every method throws
/// [ModelStoreUnavailable] when the store does not answer.
public interface WritableModelStore extends ModelStore {

    /// The pointer to the model in production, read from the store each time; empty before the first promotion.
    /// Throws [UnusableModel] when it cannot be read.
    Optional<ModelPointer> inProduction();

    /// The same, where a pointer that cannot be read counts as none.
    ///
    /// @param unreadable is told why it cannot be read
    default Optional<ModelPointer> inProduction(Consumer<String> unreadable) {
        try {
            return inProduction();
        } catch (UnusableModel e) {
            unreadable.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// The newest bundles of the store, at most so many, newest first. They are not opened.
    List<ModelIdentity> published(int most);

    /// The bundles of a version, newest first; several where the registry gave the version more than once.
    List<ModelIdentity> published(ModelVersion version);

    /// Stores the bundle of a version, its manifest last; the identity by which it is found. It serves only once
    /// a pointer names it. Nothing that is stored is ever overwritten: publishing the same bundle again
    /// completes what an interrupted attempt left, and throws [UnusableModel] where other content stands in its
    /// place.
    ModelIdentity publish(ModelVersion version, byte[] manifest, byte[] model);

    /// Puts the model that `next` names into production if nobody has changed the pointer since it was read. Returns
    /// false, and changes nothing, where somebody has. The shadow stays, as [ShadowPointer#beside] says.
    ///
    /// @param serving the pointer as it was read; empty where there was none that could be read
    /// @param endedShadow is told of the shadow that this change has ended, if any
    boolean replace(Optional<ModelPointer> serving, ModelPointer next, Consumer<ShadowPointer> endedShadow);

    /// The same, for callers that know of no shadow.
    default boolean replace(Optional<ModelPointer> serving, ModelPointer next) {
        return replace(serving, next, _ -> {});
    }

    /// Removes the pointer, so that no model is in production and none is the shadow, if nobody has changed it since it
    /// was read. Returns false, and changes nothing, where somebody has.
    ///
    /// @param serving the pointer as it was read; empty where there was none that could be read
    /// @param endedShadow is told of the shadow that this change has ended, if any
    boolean withdraw(Optional<ModelPointer> serving, Consumer<ShadowPointer> endedShadow);

    /// Changes the shadow if the pointer still names the same models as when it was read. Returns false, and
    /// changes nothing, where it names others, or another shadow.
    ///
    /// @param serving what the pointer named when it was read
    boolean shadow(ModelsInService serving, ShadowPointer shadow);
}
