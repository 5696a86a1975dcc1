package vowcheck.lambda;

import static vowcheck.lambda.http.ApiRoute.BATCH_PREDICT;
import static vowcheck.lambda.http.ApiRoute.MODEL_INFO;
import static vowcheck.lambda.http.ApiRoute.PREDICT;
import static vowcheck.lambda.http.ApiRoute.PREDICTION_SEARCH;
import static vowcheck.lambda.http.ApiRoute.READINESS;
import static vowcheck.lambda.http.ApiRoute.SHADOW_REPORT;
import static vowcheck.lambda.http.ApiRoute.STORED_PREDICTIONS;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.KeyEnds;
import vowcheck.core.clients.KeyValidity;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelStore;
import vowcheck.core.readiness.Readiness;
import vowcheck.core.readiness.ReadinessPart;
import vowcheck.core.readiness.ReadinessProbe;
import vowcheck.core.scoring.AnsweringModels;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScores;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.UnloggedPredictions;
import vowcheck.lambda.http.ApplicationJson;
import vowcheck.lambda.http.Router;
import vowcheck.lambda.observation.MeteredUnlogged;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.ScoringMetrics;

/// The scoring function without Lambda, AWS and PostgreSQL: its calls, over their ports.
final class ScoringService {

    /// A monitor gets its answer within five seconds, also when everything hangs.
    private static final Duration READINESS_LIMIT = Duration.ofSeconds(4);

    private final Ports ports;
    private final FeatureSchema schema;
    private final RequestIds requestIds;
    private final CurrentModel currentModel;
    private final ShadowScoring shadows;
    private final KeyValidity keys;
    private final ScoringCalls calls;
    private final Router router;

    /// What the service uses.
    ///
    /// @param operators the role of the person with a name and password; empty for a wrong pair
    /// @param probes look at what the other ports reach, by ways of their own
    /// @param background does what no request waits for
    record Ports(
            ModelStore models,
            PredictionLog log,
            UnloggedPredictions queue,
            Function<BasicCredentials, Optional<OperatorRole>> operators,
            KeyEnds keyEnds,
            ShadowScores shadowScores,
            Map<ReadinessPart, ReadinessProbe> probes,
            MetricLog metrics,
            Executor background,
            InstantSource clock) {

        /// The same models, with ports that neither store nor send nor count.
        Ports withoutEffects() {
            return new Ports(
                    models,
                    new DiscardingLog(),
                    _ -> {},
                    operators,
                    keyEnds,
                    shadowScores,
                    probes,
                    MetricLog.DISCARDED,
                    background,
                    clock);
        }
    }

    /// @param schema the features that clients may send
    /// @param modelRefreshAge after this time the store is asked again for the model in production, and for the
    ///     ends of API keys
    ScoringService(Ports ports, FeatureSchema schema, Duration modelRefreshAge, RequestIds requestIds) {
        this(
                ports,
                schema,
                new CurrentModel(ports.models(), modelRefreshAge, ports.clock()),
                new ShadowScoring(ports.models(), modelRefreshAge, ports.background(), ports.clock()),
                new KeyValidity(ports.keyEnds(), modelRefreshAge, ports.clock()),
                requestIds);
    }

    private ScoringService(
            Ports ports,
            FeatureSchema schema,
            CurrentModel currentModel,
            ShadowScoring shadows,
            KeyValidity keys,
            RequestIds requestIds) {
        var metrics = new ScoringMetrics(ports.metrics(), currentModel, ports.clock());
        var callers = new CallerIdentification(ports.operators());
        var explanations = new Explanations(new AnsweringModels(currentModel, ports.models()));
        var queue = new MeteredUnlogged(ports.queue(), metrics);
        var scoring = new Scoring(currentModel, shadows, ports.log(), queue, ports.clock());
        var audit = new AuditCalls(new PredictionAudit(ports.log()), explanations, callers);
        var readiness = new Readiness(ports.probes(), READINESS_LIMIT, ports.clock());
        this.ports = ports;
        this.schema = schema;
        this.requestIds = requestIds;
        this.currentModel = currentModel;
        this.shadows = shadows;
        this.keys = keys;
        this.calls = new ScoringCalls(
                new ApplicationJson(schema, ports.clock()),
                scoring,
                currentModel,
                shadows,
                explanations,
                callers,
                metrics,
                ports.clock());
        this.router = new Router(
                Map.of(
                        PREDICT, admitted(calls::predict),
                        BATCH_PREDICT, admitted(calls::batchPredict),
                        MODEL_INFO, admitted(calls::modelInfo),
                        STORED_PREDICTIONS, admitted(audit::storedPredictions),
                        PREDICTION_SEARCH, audit::predictionsOfLoan,
                        READINESS, new ReadinessCall(readiness)::answer,
                        SHADOW_REPORT, new ShadowReportCall(ports.models(), ports.shadowScores())::answer),
                requestIds,
                (requestId, problem) -> metrics.refused(requestId, problem.reason()));
    }

    /// A call that refuses API keys which have ended, before it reads anything else of the request.
    private Router.Call admitted(Router.Call call) {
        return (request, requestId) -> {
            ApiKey.of(request.apiKey()).ifPresent(keys::require);
            return call.answer(request, requestId);
        };
    }

    /// The calls of the API that this function answers.
    Router router() {
        return router;
    }

    /// The training workflow's smoke call.
    String smoke() {
        return calls.smoke();
    }

    /// The schedule's canary.
    String canary() {
        return calls.canary(requestIds.get());
    }

    /// Loads the model and answers requests of every kind, without storing, sending or counting anything.
    void rehearse() {
        var rehearsed = new ScoringService(ports.withoutEffects(), schema, currentModel, shadows, keys, requestIds);
        new Rehearsal(currentModel, shadows, schema, rehearsed.router()).run();
    }

    /// Replaces what a restored process must not take from its snapshot: the state of the model in production and the
    /// ends of API keys, which may be outdated, and randomness, which all restored processes would share.
    void renew() {
        currentModel.checkAgain();
        keys.checkAgain();
        requestIds.renew();
    }
}
