package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The use case of the service: scores applications with the model in production and stores the predictions, with the
/// shadow's scores if there is a shadow.
public final class Scoring {

    /// The most instances in one request.
    public static final int MOST_INSTANCES = 10_000;

    private static final Logger LOG = System.getLogger(Scoring.class.getName());

    private final CurrentModel currentModel;
    private final ShadowScoring shadows;
    private final PredictionLog log;
    private final UnloggedPredictions unlogged;
    private final InstantSource clock;

    public Scoring(
            CurrentModel currentModel,
            ShadowScoring shadows,
            PredictionLog log,
            UnloggedPredictions unlogged,
            InstantSource clock) {
        this.currentModel = currentModel;
        this.shadows = shadows;
        this.log = log;
        this.unlogged = unlogged;
        this.clock = clock;
    }

    /// Scores a request's applications with one model and stores them before it returns.
    ///
    /// A request whose id its client chose is idempotent: repeated, it is answered as it was the first time.
    /// It is never answered by way of the queue, since only the log knows what was answered before.
    ///
    /// Throws [PredictionsUnavailable] when the rows cannot be stored: then nothing may be answered. Throws
    /// [StoringTooSlow] when the rows of a request whose id its client chose are in the queue: repeated after they
    /// have been stored from there, it is answered. Throws [RequestIdTaken] when the chosen id belongs to another
    /// request of the client, [PredictionErased] when that request was erased, wholly or in part, and what
    /// [CurrentModel#model] throws.
    public Answer score(RequestOrigin origin, List<SubmittedApplication> applications) {
        var answer = scored(origin, applications);
        return origin.requestId().isChosenByClient() ? storedOnce(answer) : stored(answer);
    }

    private Answer stored(Answer answer) {
        var request = answer.request();
        try {
            log.append(request);
        } catch (PredictionsUnavailable e) {
            LOG.log(
                    Level.WARNING,
                    "request {0}, scored by version {1}, goes to the queue: {2}",
                    request.requestId().value(),
                    request.modelVersion().value(),
                    e.getMessage());
            unlogged.keep(request);
        }
        return answer;
    }

    private Answer storedOnce(Answer answer) {
        var request = answer.request();
        if (appended(request)) {
            return answer;
        }
        var origin = request.origin();
        int count = request.scored().size();
        return log.find(origin.client(), request.requestId(), 0, count)
                .filter(found -> origin.client().isKnown() && found.count() == count)
                .map(Scoring::whole)
                .filter(stored ->
                        origin.equals(stored.origin()) && request.submitted().equals(stored.submitted()))
                .map(stored -> new Answer(stored, true))
                .orElseThrow(RequestIdTaken::new);
    }

    private static ScoredRequest whole(LoggedRequest found) {
        if (found.erased() > 0) {
            throw PredictionErased.repeated();
        }
        return found.part();
    }

    /// A repeat would meet the same limit, even on a healthy database. So the rows go to the queue, from which they are
    /// stored with more time; their unique key in the log keeps them from being stored twice.
    private boolean appended(ScoredRequest request) {
        try {
            return log.append(request);
        } catch (StoringTooSlow e) {
            LOG.log(
                    Level.WARNING,
                    "request {0} goes to the queue and is not answered: {1}",
                    request.requestId().value(),
                    e.getMessage());
            unlogged.keep(request);
            throw e;
        }
    }

    private Answer scored(RequestOrigin origin, List<SubmittedApplication> applications) {
        var model = currentModel.model();
        var scored = applications.stream()
                .map(submitted -> new ScoredApplication(submitted, model.probability(submitted.application())))
                .toList();
        var shadow = shadows.score(currentModel.shadow(), scored);
        var stored = shadow.scores().isEmpty() ? scored : with(shadow.scores(), scored);
        return new Answer(new ScoredRequest(origin, clock.instant(), model.identity(), stored), false, shadow);
    }

    private static List<ScoredApplication> with(List<ShadowScore> scores, List<ScoredApplication> scored) {
        var both = new ArrayList<ScoredApplication>(scored.size());
        for (int instance = 0; instance < scored.size(); instance++) {
            both.add(scored.get(instance).with(scores.get(instance)));
        }
        return both;
    }

    /// The scored request that is answered.
    ///
    /// @param replayed whether it is the stored answer of an earlier request with the same id
    /// @param shadow what the shadow did for this request
    public record Answer(ScoredRequest request, boolean replayed, ShadowRun shadow) {

        /// An answer without a shadow.
        public Answer(ScoredRequest request, boolean replayed) {
            this(request, replayed, ShadowRun.OFF);
        }
    }
}
