package vowcheck.core.readiness;

/// A part of the system on which predictions depend.
public enum ReadinessPart {
    /// The model in production.
    MODEL,
    /// The database that stores predictions.
    DATABASE,
    /// The queue of the predictions that the database could not store.
    QUEUE
}
