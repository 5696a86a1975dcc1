package vowcheck.core.scoring;

/// Port: takes predictions that the [PredictionLog] could not, and sees to it that they reach it later.
public interface UnloggedPredictions {

    /// Keeps a request's rows durably, all or none; throws [PredictionsUnavailable] when it cannot.
    void keep(ScoredRequest request);
}
