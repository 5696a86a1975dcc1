package vowcheck.core.model;

/// What the pointer says about a shadow: a second model that scores live applications beside the one in production.
/// Its scores are stored and never answered.
public sealed interface ShadowPointer {

    /// The shadow that remains when a model is put into production. A model cannot be its own shadow, and a
    /// shadow that cannot be read cannot be written again.
    ShadowPointer beside(ModelIdentity production);

    /// No model is the shadow.
    enum NoShadow implements ShadowPointer {
        /// The only value.
        NONE;

        @Override
        public ShadowPointer beside(ModelIdentity production) {
            return this;
        }
    }

    /// The pointer names a shadow, but not in a way that can be read.
    ///
    /// @param fault one sentence
    record UnreadableShadow(String fault) implements ShadowPointer {

        @Override
        public ShadowPointer beside(ModelIdentity production) {
            return NoShadow.NONE;
        }
    }

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
