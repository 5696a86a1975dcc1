package vowcheck.lambda.observation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowRun;

/// Writes what the scoring function did as lines of its log, from which CloudWatch makes metrics: a line for each
/// scored request, and another one if its rows went to the queue, and a line for each request that is answered with a
/// problem.
public final class ScoringMetrics {

    private final MetricLog log;
    private final CurrentModel currentModel;
    private final InstantSource clock;

    /// @param currentModel is never made to ask its store: a measurement must not delay a request by a call of S3
    public ScoringMetrics(MetricLog log, CurrentModel currentModel, InstantSource clock) {
        this.log = log;
        this.currentModel = currentModel;
        this.clock = clock;
    }

    /// A scored request is answered. Neither probes nor repeated answers count as predictions.
    ///
    /// @param begun when the call began
    public void answered(Scoring.Answer answer, Instant begun) {
        var now = clock.instant();
        var request = answer.request();
        var line = line(request, now)
                .with("endpoint", request.origin().endpoint().fieldValue())
                .with("purpose", request.origin().purpose().fieldValue())
                .with(Metric.LATENCY, Duration.between(begun, now).toNanos() / 1e6)
                .with(Metric.MODEL_REFUSED, currentModel.refusal().isPresent() ? 1 : 0);
        currentModel.loaded().ifPresent(model -> line.with(Metric.MODEL_AGE, ageDays(model, now)));
        if (answer.shadow().state() != ShadowRun.State.OFF) {
            addShadow(line, answer.shadow(), request.scored().size());
        }
        if (!answer.replayed() && request.origin().purpose() == Purpose.APPLICATION) {
            count(line, request);
        }
        line.write();
    }

    /// A canary is answered, as [#answered] has said already.
    public void canaryAnswered(Scoring.Answer answer) {
        line(answer.request(), clock.instant()).with(Metric.CANARY_ANSWERED, 1).write();
    }

    /// A request's rows went to the queue.
    public void unlogged(ScoredRequest request) {
        line(request, clock.instant())
                .with(Metric.UNLOGGED, request.scored().size())
                .write();
    }

    /// A request was answered with a problem. While the model in production cannot be used, the line says so, too: an
    /// environment without any model answers nothing else.
    ///
    /// @param reason one of a few words
    public void refused(RequestId requestId, String reason) {
        var line = RefusalMetrics.line(log.line(clock.instant()), requestId, reason);
        if (currentModel.refusal().isPresent()) {
            line.with(Metric.MODEL_REFUSED, 1);
        }
        line.write();
    }

    private static void count(MetricLine line, ScoredRequest request) {
        var scored = request.scored();
        line.with(Metric.PREDICTIONS, scored.size());
        if (scored.size() == 1) {
            line.with(Metric.SCORE_HISTOGRAM, scored.getFirst().probability());
        } else {
            line.with(Metric.SCORE_HISTOGRAM, new Histogram(scored));
        }
    }

    private static void addShadow(MetricLine line, ShadowRun shadow, int applications) {
        line.with(Metric.SHADOW_FAILURES, shadow.state() == ShadowRun.State.FAILED ? applications : 0);
        if (shadow.state() == ShadowRun.State.SCORED) {
            line.with(Metric.SHADOW_LATENCY, shadow.time().toNanos() / 1e6);
        }
    }

    private MetricLine line(ScoredRequest request, Instant now) {
        return log.line(now)
                .with(LogContext.REQUEST_ID, request.requestId().value())
                .with("client", request.origin().client().value())
                .with("model_version", request.modelVersion().value());
    }

    private static int ageDays(ScoringModel model, Instant now) {
        var cutoff = model.manifest().data().cutoff();
        return Math.toIntExact(ChronoUnit.DAYS.between(cutoff, LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }
}
