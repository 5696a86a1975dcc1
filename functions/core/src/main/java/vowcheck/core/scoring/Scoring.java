package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import vowcheck.core.features.Application;

/// The use case of the service: score applications with the model in production and store what is answered.
public final class Scoring {

    private static final Logger LOG = System.getLogger(Scoring.class.getName());

    private final CurrentModel currentModel;
    private final PredictionLog log;
    private final UnloggedPredictions unlogged;
    private final InstantSource clock;

    public Scoring(CurrentModel currentModel, PredictionLog log, UnloggedPredictions unlogged, InstantSource clock) {
        this.currentModel = currentModel;
        this.log = log;
        this.unlogged = unlogged;
        this.clock = clock;
    }

    /// Scores a request's applications with one model and stores them before it returns.
    ///
    /// Throws [PredictionsNotStored] when neither the log nor the queue takes the rows: then nothing may
    /// be answered. Throws what [CurrentModel#model] throws when there is no model to score with.
    public ScoredRequest score(RequestId requestId, Endpoint endpoint, List<Application> applications) {
        var model = currentModel.model();
        var scored = applications.stream()
                .map(application -> new ScoredApplication(application, model.probability(application)))
                .toList();
        var request = new ScoredRequest(
                requestId, endpoint, clock.instant(), model.manifest().version(), scored);
        store(request);
        return request;
    }

    private void store(ScoredRequest request) {
        try {
            log.append(request);
        } catch (PredictionsNotStored e) {
            LOG.log(
                    Level.WARNING,
                    "request {0} goes to the queue: {1}",
                    request.requestId().value(),
                    e.getMessage());
            unlogged.keep(request);
        }
    }
}
