package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.PROMOTION_POLICY;
import static vowcheck.adapters.settings.Setting.SCORING_FUNCTION;
import static vowcheck.core.workflow.WorkflowField.ANSWER;
import static vowcheck.core.workflow.WorkflowField.APPROVAL;
import static vowcheck.core.workflow.WorkflowField.APPROVAL_REQUIRED;
import static vowcheck.core.workflow.WorkflowField.AUTHOR;
import static vowcheck.core.workflow.WorkflowField.AVERAGE_PRECISION;
import static vowcheck.core.workflow.WorkflowField.AVERAGE_PRECISION_DIFFERENCE;
import static vowcheck.core.workflow.WorkflowField.AWAITING_APPROVAL;
import static vowcheck.core.workflow.WorkflowField.COMPARED_AVERAGE_PRECISION;
import static vowcheck.core.workflow.WorkflowField.CUTOFF;
import static vowcheck.core.workflow.WorkflowField.CUTOFFS;
import static vowcheck.core.workflow.WorkflowField.DECISION;
import static vowcheck.core.workflow.WorkflowField.DRIFT_REPORT;
import static vowcheck.core.workflow.WorkflowField.DUPLICATE_OF;
import static vowcheck.core.workflow.WorkflowField.EXECUTION;
import static vowcheck.core.workflow.WorkflowField.INPUT;
import static vowcheck.core.workflow.WorkflowField.MESSAGE;
import static vowcheck.core.workflow.WorkflowField.NOTES;
import static vowcheck.core.workflow.WorkflowField.OPERATOR;
import static vowcheck.core.workflow.WorkflowField.OPPONENT;
import static vowcheck.core.workflow.WorkflowField.PRODUCTION_AVERAGE_PRECISION;
import static vowcheck.core.workflow.WorkflowField.REASON;
import static vowcheck.core.workflow.WorkflowField.REPLAY;
import static vowcheck.core.workflow.WorkflowField.REPLAY_INPUT;
import static vowcheck.core.workflow.WorkflowField.RESTORE;
import static vowcheck.core.workflow.WorkflowField.RESTORE_BY_DEFAULT;
import static vowcheck.core.workflow.WorkflowField.SCHEDULED_AT;
import static vowcheck.core.workflow.WorkflowField.SEARCH;
import static vowcheck.core.workflow.WorkflowField.SEARCH_TRIALS;
import static vowcheck.core.workflow.WorkflowField.STEP;
import static vowcheck.core.workflow.WorkflowField.TEST_ROWS_LEFT_OUT;
import static vowcheck.core.workflow.WorkflowField.TOKEN;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vowcheck.adapters.bundle.IntervalJson;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.workflow.ApprovalAnswerJson;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.Interval;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.workflow.AbandonedRuns;
import vowcheck.core.workflow.ApprovalAnswer;
import vowcheck.core.workflow.ApprovalRequest;
import vowcheck.core.workflow.Consent;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Promotion;
import vowcheck.core.workflow.Replay;
import vowcheck.core.workflow.ReplayRequest;
import vowcheck.core.workflow.Restoration;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingCause;
import vowcheck.core.workflow.TrainingClaims;
import vowcheck.core.workflow.TrainingLock;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.lambda.observation.LogContext;

/// Carries out the steps of the training workflow around its training: `begin`, `promote` and `smoke`, and at
/// the end `restore` after a failure, otherwise `release`; and those around a replay, `begin_replay` and
/// `end_replay`.
public final class WorkflowStepHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS,
            MODEL_BUCKET,
            MLFLOW_URL,
            MLFLOW_SECRET,
            SCORING_FUNCTION,
            PROMOTION_POLICY);

    private static final String FORMER_MODEL_VERSION = "former_" + ModelIdentityJson.VERSION;

    private final TrainingClaims claims;
    private final TrainingLock lock;
    private final Promotion promotion;
    private final Restoration restoration;
    private final Replay replay;
    private final AbandonedRuns runs;
    private final ApprovalRequest approval;
    private final InstantSource clock;

    /// For the Lambda runtime: wired from the environment.
    public WorkflowStepHandler() {
        this(new MlflowWiring(Settings.fromEnvironment(SETTINGS)));
    }

    private WorkflowStepHandler(MlflowWiring wiring) {
        this(
                wiring.trainingClaims(),
                wiring.trainingLock(),
                wiring.promotion(),
                wiring.restoration(),
                wiring.replay(),
                wiring.abandonedRuns(),
                wiring.approvalRequest(),
                InstantSource.system());
    }

    WorkflowStepHandler(
            TrainingClaims claims,
            TrainingLock lock,
            Promotion promotion,
            Restoration restoration,
            Replay replay,
            AbandonedRuns runs,
            ApprovalRequest approval,
            InstantSource clock) {
        this.claims = claims;
        this.lock = lock;
        this.promotion = promotion;
        this.restoration = restoration;
        this.replay = replay;
        this.runs = runs;
        this.approval = approval;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        try (var _ = LogContext.of(context)) {
            var fields = JsonDocument.parse(new String(event.readAllBytes(), StandardCharsets.UTF_8));
            var execution = new Execution(fields.text(EXECUTION));
            // Executions that an earlier deployment started pass it to `begin` only.
            var input = fields.has(INPUT) ? fields.document(INPUT) : JsonDocument.parse("{}");
            var answered = switch (WorkflowStep.of(fields.text(STEP))) {
                case BEGIN -> begin(execution, input);
                case PROMOTE -> promote(execution, input, consent(fields, input));
                case AWAIT_APPROVAL -> awaitApproval(execution, fields.text(TOKEN));
                case REFUSE -> refuse(execution, ApprovalAnswerJson.read(fields.document(ANSWER)));
                case SMOKE -> smoke(execution, input);
                case RESTORE -> restore(execution);
                case RELEASE -> release(execution);
                case BEGIN_REPLAY -> beginReplay(execution, input, fields);
                case END_REPLAY -> endReplay(execution);
            };
            answer.write(answered.utf8());
        }
    }

    private JsonObject begin(Execution execution, JsonDocument input) {
        var request = TrainingRequest.of(optional(input, CUTOFF), optional(input, REASON), clock);
        var search = input.has(SEARCH) ? input.value(SEARCH, SearchBudget::of) : new SearchBudget.None();
        var answer = new JsonObject()
                .with(CUTOFF, request.cutoff().toString())
                .with(REASON, request.reason())
                .with(SEARCH, search.text())
                .with(EXECUTION, execution.name());
        // Before the lock: the execution that this one repeats may hold it, and this one must not fail.
        var other = cause(input).flatMap(cause -> claims.claim(cause, execution));
        if (other.isPresent()) {
            var name = other.get().name();
            return answer.with(DUPLICATE_OF, name)
                    .with(
                            MESSAGE,
                            "the execution %s trains, or has trained, for the same cause: nothing to do"
                                    .formatted(name));
        }
        var notes = new ArrayList<>(hold(execution, input));
        notes.addAll(runs.endOfOthers(execution));
        var chain = input.has(REPLAY) ? Optional.of(input.value(REPLAY, Execution::new)) : Optional.<Execution>empty();
        var opponent = chain.map(replay::opponent).orElse(TrainingRequest.Opponent.PRODUCTION);
        answer.with(OPPONENT, opponent.name())
                .with(AUTHOR, author(input))
                .with(REPLAY, chain.orElse(execution).name());
        return answer.withPresent(NOTES, nonEmpty(notes));
    }

    /// Who started the training: where it belongs to a replay, whoever started that one.
    private static String author(JsonDocument input) {
        var started = input.has(REPLAY_INPUT) ? input.document(REPLAY_INPUT) : input;
        return optional(started, OPERATOR).filter(name -> !name.isBlank()).orElse(TrainingRequest.PROGRAM);
    }

    /// What a rule started the execution for; empty where people, or the replay, started it.
    private static Optional<TrainingCause> cause(JsonDocument input) {
        boolean drift = input.has(DRIFT_REPORT);
        if (input.has(SCHEDULED_AT)) {
            return Optional.of(input.value(SCHEDULED_AT, drift ? TrainingCause::driftCheck : TrainingCause::month));
        }
        return drift ? Optional.of(input.value(DRIFT_REPORT, TrainingCause::driftReport)) : Optional.empty();
    }

    /// Whoever starts a replay has decided that its trainings promote: it puts back what served before.
    private static Consent consent(JsonDocument fields, JsonDocument input) {
        if (fields.has(ANSWER)) {
            return new Consent.Given(ApprovalAnswerJson.read(fields.document(ANSWER)));
        }
        boolean isRequired = (fields.has(APPROVAL_REQUIRED) && fields.flag(APPROVAL_REQUIRED))
                || (input.has(APPROVAL) && input.flag(APPROVAL));
        return isRequired && !input.has(REPLAY) ? new Consent.Required() : new Consent.NotRequired();
    }

    private JsonObject awaitApproval(Execution execution, String token) {
        return ModelIdentityJson.add(
                new JsonObject(), approval.ask(execution, token).challenger());
    }

    private JsonObject refuse(Execution execution, ApprovalAnswer answer) {
        approval.withdraw(execution);
        return decided(promotion.refuse(execution, answer));
    }

    private JsonObject promote(Execution execution, JsonDocument input, Consent consent) {
        if (consent instanceof Consent.Given) {
            approval.withdraw(execution); // if whoever answered could not
        }
        hold(execution, input);
        return decided(promotion.promote(execution, consent));
    }

    private static JsonObject decided(Promotion.Result result) {
        var answer = new JsonObject()
                .with(
                        DECISION,
                        result.awaitsApproval()
                                ? AWAITING_APPROVAL
                                : result.decision().verdict().fieldValue())
                .with("reasons", result.decision().reasons())
                .withPresent(NOTES, nonEmpty(result.notes()));
        var former = result.former().map(ModelVersion::value);
        return switch (result.trained()) {
            case Outcome outcome ->
                answer.with(ModelIdentityJson.VERSION, outcome.modelVersion().value())
                        .withPresent(FORMER_MODEL_VERSION, former)
                        .with(AVERAGE_PRECISION, outcome.averagePrecision())
                        .withPresent(
                                COMPARED_AVERAGE_PRECISION,
                                outcome.measuredChampion()
                                        .map(champion -> champion.comparison()
                                                .challenger()
                                                .averagePrecision()))
                        .withPresent(
                                PRODUCTION_AVERAGE_PRECISION,
                                outcome.measuredChampion().map(Outcome.MeasuredChampion::averagePrecision))
                        .withPresent(
                                TEST_ROWS_LEFT_OUT,
                                outcome.measuredChampion()
                                        .map(champion -> champion.comparison().leftOut()))
                        .withPresent(
                                AVERAGE_PRECISION_DIFFERENCE,
                                difference(outcome).map(IntervalJson::write))
                        .withPresent(
                                SEARCH_TRIALS,
                                Optional.ofNullable(outcome.searched()).map(SearchedRecipe::trials));
            // The version that was trained on the same rows.
            case NothingNew nothing ->
                answer.with(
                                ModelIdentityJson.VERSION,
                                nothing.answer().model().version().value())
                        .withPresent(FORMER_MODEL_VERSION, former);
        };
    }

    private static Optional<Interval> difference(Outcome outcome) {
        return outcome.measuredChampion()
                .map(champion -> champion.comparison().newPeople())
                .filter(NewPeopleComparison.Measured.class::isInstance)
                .map(NewPeopleComparison.Measured.class::cast)
                .map(measured -> measured.differences().averagePrecision());
    }

    private JsonObject smoke(Execution execution, JsonDocument input) {
        hold(execution, input);
        var smoke = promotion.smoke(execution);
        return ModelIdentityJson.add(new JsonObject(), smoke.model()).with("probability", smoke.probability());
    }

    private JsonObject restore(Execution execution) {
        var notes = new ArrayList<>(restoration.restore(execution));
        approval.withdraw(execution);
        promotion.abandon(execution);
        var answer = release(execution);
        notes.addAll(runs.endOf(execution));
        // Also without any: the notification takes them from here.
        return answer.with(NOTES, notes);
    }

    private JsonObject release(Execution execution) {
        lock.release(execution);
        return new JsonObject().with(EXECUTION, execution.name());
    }

    private JsonObject beginReplay(Execution execution, JsonDocument input, JsonDocument fields) {
        var request = ReplayRequest.of(
                input.has(CUTOFFS) ? Optional.of(input.texts(CUTOFFS)) : Optional.empty(),
                input.has(RESTORE) ? input.flag(RESTORE) : fields.flag(RESTORE_BY_DEFAULT),
                clock);
        if (fields.has(APPROVAL_REQUIRED) && fields.flag(APPROVAL_REQUIRED)) {
            request.requireRestoring();
        }
        lock.take(execution);
        var notes = replay.recover(execution);
        replay.begin(execution, request.restores());
        return new JsonObject()
                .with(EXECUTION, execution.name())
                .with(
                        CUTOFFS,
                        request.cutoffs().stream().map(LocalDate::toString).toList())
                .with(RESTORE, request.restores())
                .withPresent(NOTES, nonEmpty(notes));
    }

    private JsonObject endReplay(Execution execution) {
        var notes = replay.end(execution);
        // Also without any: the cause of a replay that failed takes them from here.
        return release(execution).with(NOTES, notes);
    }

    /// A redriven execution has lost the lock, perhaps to another one. The trainings of a replay run under its
    /// lock.
    private List<String> hold(Execution execution, JsonDocument input) {
        if (input.has(REPLAY)) {
            lock.requireHeldBy(input.value(REPLAY, Execution::new));
            return restoration.recover(execution);
        }
        lock.take(execution);
        return replay.recover(execution);
    }

    private static Optional<List<String>> nonEmpty(List<String> notes) {
        return notes.isEmpty() ? Optional.empty() : Optional.of(notes);
    }

    private static Optional<String> optional(JsonDocument input, String field) {
        return input.has(field) ? Optional.of(input.text(field)) : Optional.empty();
    }
}
