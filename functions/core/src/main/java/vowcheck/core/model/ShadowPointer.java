package vowcheck.core.model;

/// What the pointer says about a shadow: a second model that scores live applications beside the one in production.
/// Its scores are stored and never answered.
public sealed interface ShadowPointer {

    /// The shadow once that model is in production: a model is not its own shadow.
    default ShadowPointer beside(ModelIdentity production) {
        return this;
    }

    /// No model is the shadow.
    enum NoShadow implements ShadowPointer {
        /// The only one.
        NONE
    }

    /// The pointer names a shadow, but not in a way that can be read.
    ///
    /// @param fault one sentence
    record UnreadableShadow(String fault) implements ShadowPointer {}

    /// A model is the shadow.
    ///
    /// @param start when, by whom and why it was started
    record NamedShadow(ModelIdentity model, ShadowStart start) implements ShadowPointer {

        @Override
        public ShadowPointer beside(ModelIdentity production) {
            return model.equals(production) ? NoShadow.NONE : this;
        }
    }
}
