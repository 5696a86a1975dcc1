package vowcheck.core.scoring;

/// Port: the permanent store of answered predictions.
public interface PredictionLog {

    /// Stores a request's rows, all or none; rows that are stored already stay as they are.
    ///
    /// Throws [PredictionsNotStored] when the store is out of reach.
    void append(ScoredRequest request);
}
