package vowcheck.core.readiness;

import vowcheck.core.model.ModelVersion;

/// What a probe found out about a part that works.
public sealed interface ReadinessFinding {

    /// A model that this build can use.
    ///
    /// @param version the version in production
    record UsableModel(ModelVersion version) implements ReadinessFinding {}

    /// A database that stores predictions.
    ///
    /// @param schemaVersion the newest migration that has run
    record WritableDatabase(int schemaVersion) implements ReadinessFinding {}

    /// A queue that answers.
    ///
    /// @param waiting about how many messages have not been stored yet
    /// @param deadLetters about how many messages PostgreSQL refuses
    record QueueDepth(long waiting, long deadLetters) implements ReadinessFinding {}
}
