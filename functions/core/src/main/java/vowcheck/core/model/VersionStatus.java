package vowcheck.core.model;

/// What has become of a registered version of the model.
public enum VersionStatus {
    /// Trained, measured and published; not compared with the champion yet.
    CANDIDATE,
    /// Beat the champion, or met none, and was put into production.
    PROMOTED,
    /// Was in production until another version was promoted.
    REPLACED,
    /// Did not beat the champion.
    NOT_BETTER,
    /// Was compared with a model that was no longer in production when the promotion was decided.
    NOT_COMPARABLE,
    /// Was promoted, but not confirmed, and taken out of production again.
    TAKEN_BACK,
    /// Is in production again because the version that replaced it was taken back.
    REINSTATED
}
