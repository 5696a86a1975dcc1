package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import vowcheck.core.features.Application;

/// The use case of the service: score applications with the model in production and store what is answered.
public final class Scoring {

    /// The most instances that one request may hold.
    public static final int MOST_INSTANCES = 10_000;

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
    /// Throws [PredictionsUnavailable] when neither the log nor the queue takes the rows: then nothing may
    /// be answered. Throws what [CurrentModel#model] throws when there is no model to score with.
    public ScoredRequest score(RequestOrigin origin, List<Application> applications) {
        var request = scored(origin, applications);
        try {
            log.append(request);
        } catch (PredictionsUnavailable e) {
            LOG.log(
                    Level.WARNING,
                    "request {0}, scored by version {1}, goes to the queue: {2}",
                    origin.requestId().value(),
                    request.modelVersion().value(),
                    e.getMessage());
            unlogged.keep(request);
        }
        return request;
    }

    /// The same for a request whose id its client chose: repeated, it is answered as it was the first time. Only
    /// the log knows what was; without it, [PredictionsUnavailable] is thrown.
    ///
    /// Throws [RequestIdTaken] when the id belongs to other applications or to another client.
    public Once scoreOnce(RequestOrigin origin, List<Application> applications) {
        var request = scored(origin, applications);
        if (log.append(request)) {
            return new Once(request, false);
        }
        return log.find(origin.requestId(), 0, MOST_INSTANCES)
                .map(LoggedRequest::part)
                .filter(stored -> origin.apiKeyId().owns(stored.origin().apiKeyId())
                        && origin.equals(stored.origin())
                        && applications.equals(stored.applications()))
                .map(stored -> new Once(stored, true))
                .orElseThrow(RequestIdTaken::new);
    }

    private ScoredRequest scored(RequestOrigin origin, List<Application> applications) {
        var model = currentModel.model();
        var scored = applications.stream()
                .map(application -> new ScoredApplication(application, model.probability(application)))
                .toList();
        return new ScoredRequest(origin, clock.instant(), model.manifest().version(), scored);
    }

    /// What a request with a client's own id is answered, and whether it was answered before.
    public record Once(ScoredRequest request, boolean replayed) {}
}
