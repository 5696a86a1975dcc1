package vowcheck.core.scoring;

/// Port: takes predictions that the [PredictionLog] could not store; they reach it later.
public interface UnloggedPredictions {

    /// Keeps a request's rows durably, all or none. Throws [PredictionsUnavailable] when it cannot.
    void keep(ScoredRequest request);
}
