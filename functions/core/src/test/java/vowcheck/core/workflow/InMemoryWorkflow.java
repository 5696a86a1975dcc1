package vowcheck.core.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.TrainingResult;

/// Lock, claims, executions, outcomes, the unconfirmed promotion and the unfinished replay in memory.
public final class InMemoryWorkflow
        implements LockObject,
                ClaimObjects,
                Executions,
                Outcomes,
                AnsweredRows,
                UnconfirmedPromotions,
                UnfinishedReplays,
                PendingApprovals,
                WaitingExecutions,
                ModelDecisions {

    /// The token of an execution that waits no longer.
    public static final String LATE = "late";

    private final Map<String, TrainingResult> outcomes = new HashMap<>();
    private final Map<Sha256, RowsAnswer> answers = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, ExecutionState> executions = new HashMap<>();
    private final Map<TrainingCause, Holder> claims = new HashMap<>();
    private @Nullable Holder held;
    private @Nullable UnconfirmedPromotion unconfirmed;
    private @Nullable UnfinishedReplay replay;
    private boolean damaged;
    private final Map<String, ModelDecision> begun = new LinkedHashMap<>();
    private final List<ModelDecision> decisions = new ArrayList<>();
    private boolean records = true;
    private boolean forgets = true;
    private Runnable beforeResuming = () -> {};
    private final Map<String, PendingApproval> approvals = new LinkedHashMap<>();
    private final Map<String, ApprovalAnswer> given = new HashMap<>();
    private int states;

    /// A promotion whose records are kept here.
    Promotion promotion(InMemoryModelStore models, InMemoryModelRegistry registry, SmokeCall smokeCall) {
        return new Promotion(
                this,
                this,
                this,
                this,
                models,
                registry,
                smokeCall,
                new PromotionRule(PromotionPolicy.CONTRACT),
                audit());
    }

    /// An audit whose decisions are kept here.
    public DecisionAudit audit() {
        return new DecisionAudit(this, () -> Instant.EPOCH);
    }

    /// A call of an operator named ada, another one each time.
    public OperatorsOrder order() {
        return new OperatorsOrder("call " + states++, "ada", new DecisionReason("a complaint"));
    }

    /// The decisions that were carried out, oldest first.
    public List<ModelDecision> decisions() {
        return List.copyOf(decisions);
    }

    /// Those that were begun and not carried out.
    public List<ModelDecision> interrupted() {
        return begun.values().stream().filter(it -> !decisions.contains(it)).toList();
    }

    /// Whether decisions can be recorded from now on.
    public void record(boolean now) {
        records = now;
    }

    /// Damages the record of the unconfirmed promotion.
    public void damage() {
        damaged = true;
    }

    /// An execution starts to run.
    public void start(Execution execution) {
        executions.put(execution.name(), ExecutionState.RUNNING);
    }

    /// An execution ends without success.
    public void end(Execution execution) {
        executions.put(execution.name(), ExecutionState.FAILED);
    }

    /// An execution ends with success.
    public void succeed(Execution execution) {
        executions.put(execution.name(), ExecutionState.SUCCEEDED);
    }

    /// An execution has ended so long ago that nobody knows it any more.
    public void forget(Execution execution) {
        executions.remove(execution.name());
    }

    /// Somebody overwrites a claim with something else.
    public void damageClaim(TrainingCause cause) {
        claims.put(cause, holder(null));
    }

    /// Somebody deletes a claim.
    public void deleteClaim(TrainingCause cause) {
        claims.remove(cause);
    }

    /// Somebody overwrites the lock with something else.
    public void damageLock() {
        held = holder(null);
    }

    /// Why an execution's training failed, if it did.
    public Optional<String> failure(Execution execution) {
        return Optional.ofNullable(failures.get(execution.name()));
    }

    /// Whether a training left an outcome.
    public boolean hasOutcome(Execution execution) {
        return outcomes.containsKey(execution.name());
    }

    @Override
    public Optional<Holder> held() {
        return Optional.ofNullable(held);
    }

    @Override
    public boolean take(Execution execution) {
        if (held != null) {
            return false;
        }
        held = holder(execution);
        return true;
    }

    @Override
    public boolean takeOver(Execution execution, Holder former) {
        if (!former.equals(held)) {
            return false;
        }
        held = holder(execution);
        return true;
    }

    @Override
    public void free(Holder holder) {
        if (holder.equals(held)) {
            held = null;
        }
    }

    @Override
    public Optional<Holder> claimed(TrainingCause cause) {
        return Optional.ofNullable(claims.get(cause));
    }

    @Override
    public boolean claim(TrainingCause cause, Execution execution) {
        return claims.putIfAbsent(cause, holder(execution)) == null;
    }

    @Override
    public boolean claimAgain(TrainingCause cause, Execution execution, Holder former) {
        return claims.replace(cause, former, holder(execution));
    }

    private Holder holder(@Nullable Execution execution) {
        return new Holder(execution, "state " + states++);
    }

    @Override
    public ExecutionState state(Execution execution) {
        return executions.getOrDefault(execution.name(), ExecutionState.UNKNOWN);
    }

    @Override
    public TrainingResult of(Execution execution) {
        @Nullable TrainingResult outcome = outcomes.get(execution.name());
        if (outcome == null) {
            throw new WorkflowUnavailable("no outcome of %s".formatted(execution.name()));
        }
        return outcome;
    }

    @Override
    public void keep(Execution execution, TrainingResult result) {
        outcomes.put(execution.name(), result);
    }

    @Override
    public Optional<RowsAnswer> answer(Sha256 rows) {
        return Optional.ofNullable(answers.get(rows));
    }

    @Override
    public void keep(Sha256 rows, RowsAnswer answer) {
        answers.put(rows, answer);
    }

    @Override
    public void forgetAnswer(Sha256 rows) {
        answers.remove(rows);
    }

    @Override
    public Optional<UnconfirmedPromotion> current() {
        if (damaged) {
            throw new UnreadablePromotion("the record is damaged", new IllegalArgumentException("by the test"));
        }
        return Optional.ofNullable(unconfirmed);
    }

    @Override
    public void keep(UnconfirmedPromotion promotion) {
        unconfirmed = promotion;
    }

    @Override
    public void forget() {
        damaged = false;
        unconfirmed = null;
    }

    @Override
    public Optional<UnfinishedReplay> unfinished() {
        return Optional.ofNullable(replay);
    }

    @Override
    public void keep(UnfinishedReplay unfinished) {
        replay = unfinished;
    }

    @Override
    public void finish() {
        replay = null;
    }

    @Override
    public void keepFailure(Execution execution, String sentence) {
        failures.put(execution.name(), sentence);
    }

    @Override
    public void begun(ModelDecision decision, Instant now) {
        requireRecords();
        begun.putIfAbsent(decision.id(), decision);
    }

    @Override
    public void done(ModelDecision decision, Instant now) {
        requireRecords();
        @Nullable ModelDecision recorded = begun.get(decision.id());
        if (recorded != null && !decisions.contains(recorded)) {
            decisions.add(recorded);
        }
    }

    /// Something happens between reading what waits and the next answer.
    public void beforeResuming(Runnable act) {
        beforeResuming = act;
    }

    /// Whether trainings that waited can be forgotten from now on.
    public void forgetApprovals(boolean now) {
        forgets = now;
    }

    /// The answers that executions got, by their tokens.
    public Map<String, ApprovalAnswer> given() {
        return Map.copyOf(given);
    }

    @Override
    public List<PendingApproval> waiting() {
        return List.copyOf(approvals.values());
    }

    @Override
    public void keep(PendingApproval approval) {
        approvals.put(approval.execution().name(), approval);
    }

    @Override
    public void forgetApproval(Execution execution) {
        if (!forgets) {
            throw new WorkflowUnavailable("the store in memory deletes nothing");
        }
        approvals.remove(execution.name());
    }

    @Override
    public boolean resume(String token, ApprovalAnswer answer) {
        var act = beforeResuming;
        beforeResuming = () -> {};
        act.run();
        return !token.equals(LATE) && given.putIfAbsent(token, answer) == null;
    }

    private void requireRecords() {
        if (!records) {
            throw new DecisionsUnavailable("the database in memory does not answer", null);
        }
    }
}
