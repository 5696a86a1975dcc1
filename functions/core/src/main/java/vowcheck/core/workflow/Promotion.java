package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.training.RowsAnswer.Standing;
import vowcheck.core.training.TrainingResult;

/// Decides whether a challenger is promoted, puts it into production, and confirms that it serves. [Restoration]
/// takes back a promotion that fails on the way.
public final class Promotion {

    private static final Logger LOG = System.getLogger(Promotion.class.getName());

    /// How often the pointer is read again after somebody else was faster.
    private static final int ATTEMPTS = 3;

    private final Outcomes outcomes;
    private final AnsweredRows answered;
    private final UnconfirmedPromotions unconfirmed;
    private final UnfinishedReplays replays;
    private final WritableModelStore models;
    private final ModelRegistry registry;
    private final SmokeCall smokeCall;
    private final PromotionRule rule;
    private final DecisionAudit audit;
    private final PointerMove moves;

    public Promotion(
            Outcomes outcomes,
            AnsweredRows answered,
            UnconfirmedPromotions unconfirmed,
            UnfinishedReplays replays,
            WritableModelStore models,
            ModelRegistry registry,
            SmokeCall smokeCall,
            PromotionRule rule,
            DecisionAudit audit) {
        this.outcomes = outcomes;
        this.answered = answered;
        this.unconfirmed = unconfirmed;
        this.replays = replays;
        this.models = models;
        this.registry = registry;
        this.smokeCall = smokeCall;
        this.rule = rule;
        this.audit = audit;
        this.moves = new PointerMove(models, audit);
    }

    /// Applies the rule, and promotes the challenger where the rule says so: first its bundle and hashes are
    /// checked, then the promotion is recorded as unconfirmed, the registry is updated, and the pointer is moved
    /// last, unless an operator has moved it meanwhile. Throws what the ports throw, and [UnusableModel] for a
    /// bundle that is not the one that was trained. The model in production is then unchanged; the registry may
    /// have changed. What the registry refuses is a note of the result, and no reason to fail.
    public Result promote(Execution execution) {
        return promote(execution, new Consent.NotRequired());
    }

    /// The same where a person may have to approve: if nobody was asked yet, nothing changes, and the result says so.
    public Result promote(Execution execution, Consent consent) {
        return switch (outcomes.of(execution)) {
            case Outcome outcome -> decided(execution, outcome, consent);
            case NothingNew nothing -> {
                var updates = new RegistryUpdates(registry);
                var serving = inProduction(updates).map(ModelPointer::version);
                yield new Result(nothing.decision(), nothing, serving, updates.notes());
            }
        };
    }

    /// Keeps the champion, since a person has rejected the challenger or nobody has answered in time.
    public Result refuse(Execution execution, ApprovalAnswer answer) {
        var outcome = challenger(execution);
        var updates = new RegistryUpdates(registry);
        var serving = inProduction(updates);
        var decision = new PromotionDecision(Verdict.KEPT, List.of(answer.sentence()));
        if (answer.operator().isEmpty()) {
            audit.record(
                    ModelDecision.of(
                            execution,
                            ModelDecision.Kind.EXPIRED,
                            answer.reason(),
                            serving.map(ModelPointer::model),
                            Optional.of(outcome.challenger())),
                    updates::note);
        }
        keepOut(outcome.challenger(), VersionStatus.NOT_BETTER, decision, serving, updates);
        remember(execution, outcome, Standing.KEPT);
        return new Result(decision, outcome, serving.map(ModelPointer::version), updates.notes());
    }

    /// The execution has ended without a decision: if its challenger waited for approval, the rows that made it are
    /// answered by none.
    public void abandon(Execution execution) {
        try {
            if (outcomes.of(execution) instanceof Outcome outcome) {
                forgetAwaiting(execution, outcome);
            }
        } catch (WorkflowUnavailable e) {
            LOG.log(Level.INFO, "it made no model that could wait for approval: {0}", e.getMessage());
        }
    }

    /// Otherwise, drift would train nothing until there are newer rows; no reason to fail.
    private void forgetAwaiting(Execution execution, Outcome outcome) {
        var rows = outcome.labelledRows().digest();
        try {
            answered.answer(rows)
                    .filter(outcome.answer(execution.name(), Standing.AWAITING_APPROVAL)::equals)
                    .ifPresent(_ -> answered.forgetAnswer(rows));
        } catch (WorkflowUnavailable e) {
            LOG.log(Level.WARNING, "rows count as waiting for approval, though nobody waits: {0}", e.getMessage());
        }
    }

    /// Says in the registry why a challenger is not promoted, unless an operator has put it into production meanwhile.
    private static void keepOut(
            ModelIdentity challenger,
            VersionStatus status,
            PromotionDecision decision,
            Optional<ModelPointer> serving,
            RegistryUpdates updates) {
        if (serving.map(ModelPointer::model).equals(Optional.of(challenger))) {
            updates.note("version %s was put into production meanwhile, and stays".formatted(challenger.version()));
            return;
        }
        updates.mark(challenger, status);
        updates.describe(challenger, decision.inWords());
    }

    private Result decided(Execution execution, Outcome outcome, Consent consent) {
        var updates = new RegistryUpdates(registry);
        var former = servedBefore(execution, updates);
        var challenger = outcome.challenger();
        var decision = beginsReplay(outcome)
                ? firstOfReplay(outcome)
                : approved(rule.decide(outcome, former.map(ModelPointer::model)), consent);
        if (decision.verdict() == Verdict.PROMOTED && consent instanceof Consent.Required) {
            models.load(challenger); // nobody is asked about a model that cannot serve
            updates.describe(challenger, "waits for approval: " + String.join("; ", decision.reasons()));
            remember(execution, outcome, Standing.AWAITING_APPROVAL);
            return Result.awaitingApproval(decision, outcome, former.map(ModelPointer::version), updates.notes());
        }
        switch (decision.verdict()) {
            case PROMOTED -> {
                var decidedMeanwhile = promote(execution, challenger, former, decision, updates);
                if (decidedMeanwhile.isPresent()) {
                    forgetAwaiting(execution, outcome);
                    return leftAlone(outcome, decidedMeanwhile.get(), updates);
                }
            }
            case KEPT -> {
                keepOut(challenger, VersionStatus.NOT_BETTER, decision, former, updates);
                remember(execution, outcome, Standing.KEPT);
            }
            case NOT_COMPARABLE -> {
                keepOut(challenger, VersionStatus.NOT_COMPARABLE, decision, former, updates);
                if (outcome.championModel().equals(former.map(ModelPointer::model))) {
                    remember(execution, outcome, Standing.NOT_COMPARABLE); // nor will the same rows be
                } else {
                    forgetAwaiting(execution, outcome);
                }
                former.filter(_ -> isUnconfirmed(execution)).ifPresent(serving -> follow(serving, updates));
            }
            case NOTHING_NEW -> {} // not a verdict about a challenger
        }
        return new Result(decision, outcome, former.map(ModelPointer::version), updates.notes());
    }

    /// Its training was told to measure no champion; whatever serves is put back at the end of the replay.
    private boolean beginsReplay(Outcome outcome) {
        return outcome.champion() == null
                && replays.unfinished()
                        .filter(replay -> replay.begins(outcome.challenger()))
                        .isPresent();
    }

    private static PromotionDecision firstOfReplay(Outcome outcome) {
        return new PromotionDecision(
                Verdict.PROMOTED,
                List.of("version %s is the first of a replay, and is compared with no champion"
                        .formatted(outcome.modelVersion())));
    }

    /// With the words of the person who has approved.
    private static PromotionDecision approved(PromotionDecision decision, Consent consent) {
        if (decision.verdict() != Verdict.PROMOTED || !(consent instanceof Consent.Given given)) {
            return decision;
        }
        return new PromotionDecision(
                decision.verdict(),
                Stream.concat(
                                decision.reasons().stream(),
                                Stream.of(given.answer().sentence()))
                        .toList());
    }

    private Result leftAlone(Outcome outcome, ModelPointer serving, RegistryUpdates updates) {
        var decision = new PromotionDecision(
                Verdict.NOT_COMPARABLE,
                List.of("version %s was put into production while version %s was being promoted, and stays"
                        .formatted(serving.version(), outcome.modelVersion())));
        keepOut(outcome.challenger(), VersionStatus.NOT_COMPARABLE, decision, Optional.of(serving), updates);
        follow(serving, updates);
        return new Result(decision, outcome, Optional.of(serving.version()), updates.notes());
    }

    /// Lets the registry follow an operator's decision that came between a promotion's first change and its pointer,
    /// and forgets that promotion.
    private void follow(ModelPointer serving, RegistryUpdates updates) {
        updates.moveProduction(Optional.of(serving.model()));
        updates.moveDeprecated(serving.former());
        updates.mark(serving.model(), VersionStatus.REINSTATED);
        unconfirmed.forget();
    }

    private boolean isUnconfirmed(Execution execution) {
        return unconfirmed.current().filter(it -> it.isOf(execution)).isPresent();
    }

    /// The model that served before this execution. When the step is repeated, the challenger may already serve, and
    /// must not be compared with itself; where its pointer was lost again, the record still tells.
    private Optional<ModelPointer> servedBefore(Execution execution, RegistryUpdates updates) {
        var serving = inProduction(updates);
        return unconfirmed
                .current()
                .filter(it -> it.isOf(execution) && (serving.isEmpty() || serving.equals(Optional.of(it.challenger()))))
                .map(UnconfirmedPromotion::servedBefore)
                .orElse(serving);
    }

    private Optional<ModelPointer> inProduction(RegistryUpdates updates) {
        return models.inProduction(
                problem -> updates.noteOnce("%s: no model counts as being in production".formatted(problem)));
    }

    /// Promotes the challenger, unless an operator has moved the pointer since `former` was read: the registry's
    /// updates take a while, and the operator's decision stands, also one that comes between the last reading and
    /// the write, which the store then refuses. Returns the operator's pointer, or empty where the challenger is
    /// promoted.
    private Optional<ModelPointer> promote(
            Execution execution,
            ModelIdentity challenger,
            Optional<ModelPointer> former,
            PromotionDecision decision,
            RegistryUpdates updates) {
        models.load(challenger);
        var pointer = former.map(it -> it.replacedBy(challenger)).orElseGet(() -> new ModelPointer(challenger));
        unconfirmed.keep(new UnconfirmedPromotion(execution, pointer, former.orElse(null)));
        // An unfinished replay has the lock: the promotion is one of its trainings'.
        replays.unfinished().ifPresent(replay -> replays.keep(replay.promotes(pointer, former)));
        former.map(ModelPointer::model)
                .filter(model -> model.version().isRegistered())
                .ifPresent(model -> {
                    updates.mark(model, VersionStatus.REPLACED);
                    updates.moveDeprecated(Optional.of(model));
                });
        updates.mark(challenger, VersionStatus.PROMOTED);
        updates.describe(challenger, decision.inWords());
        updates.moveProduction(Optional.of(challenger));
        var promoted = ModelDecision.of(
                execution,
                ModelDecision.Kind.PROMOTED,
                String.join("; ", decision.reasons()),
                former.map(ModelPointer::model),
                Optional.of(challenger));
        var entry = audit.begin(promoted, updates::noteOnce);
        var decidedMeanwhile = put(execution, pointer, former, promoted, updates);
        if (decidedMeanwhile.isEmpty()) {
            entry.done();
        }
        return decidedMeanwhile;
    }

    private Optional<ModelPointer> put(
            Execution execution,
            ModelPointer pointer,
            Optional<ModelPointer> former,
            ModelDecision promoted,
            RegistryUpdates updates) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var serving = inProduction(updates);
            if (serving.equals(Optional.of(pointer))) {
                return Optional.empty();
            }
            if (serving.isPresent() && !serving.equals(former)) {
                return serving;
            }
            requireNotTakenBack(execution, pointer, former, updates);
            if (moves.replace(serving, pointer, promoted, updates::noteOnce)) {
                requireNotTakenBack(execution, pointer, former, updates);
                return Optional.empty();
            }
        }
        throw new WorkflowUnavailable("the pointer to the model in production is changed again and again");
    }

    /// Whoever stops an execution does not stop its function: meanwhile, the promotion may have been taken
    /// back, or another training may run. Without its record nobody would take back a challenger that is put
    /// there now, so what served before is put there again.
    private void requireNotTakenBack(
            Execution execution, ModelPointer pointer, Optional<ModelPointer> former, RegistryUpdates updates) {
        if (isUnconfirmed(execution)) {
            return;
        }
        var written = Optional.of(pointer);
        var takenBack = ModelDecision.of(
                execution,
                ModelDecision.Kind.TAKEN_BACK,
                "it was taken back while it was being made",
                Optional.of(pointer.model()),
                former.map(ModelPointer::model));
        boolean changed = inProduction(updates).equals(written)
                && (former.isPresent()
                        ? moves.replace(written, former.get(), takenBack, updates::noteOnce)
                        : moves.withdraw(written, takenBack, updates::noteOnce));
        if (changed) {
            audit.record(takenBack, updates::noteOnce);
        }
        if (changed || inProduction(updates).equals(former)) {
            updates.moveProduction(former.map(ModelPointer::model));
            updates.moveDeprecated(former.flatMap(ModelPointer::former));
        }
        updates.mark(pointer.model(), VersionStatus.TAKEN_BACK);
        throw new PromotionTakenBack(
                "the promotion of version %s was taken back while it was being made".formatted(pointer.version()));
    }

    /// Asks the service to score the smoke application of the promoted version, and confirms the promotion. Throws
    /// [SmokeFailed] when the answer differs from the manifest's, or does not come. After a [ServingNotReady], the
    /// promotion is still to be confirmed, and the step can be repeated.
    public SmokeCall.Answer smoke(Execution execution) {
        var outcome = challenger(execution);
        var pointer = models.inProduction()
                .filter(it -> it.model().equals(outcome.challenger()))
                .orElseThrow(() -> new SmokeFailed(
                        "version %s is not in production, expected it to be".formatted(outcome.modelVersion())));
        try {
            var answer = smokeCall.answer(pointer.model());
            requireExpected(answer, pointer);
            unconfirmed.forget();
            remember(execution, outcome, Standing.PROMOTED);
            return answer;
        } catch (WorkflowUnavailable | ModelStoreUnavailable | UnusableModel e) {
            throw new SmokeFailed("version %s could not be tried: %s".formatted(pointer.version(), e.getMessage()), e);
        }
    }

    private Outcome challenger(Execution execution) {
        return switch (outcomes.of(execution)) {
            case Outcome outcome -> outcome;
            case NothingNew _ -> throw new SmokeFailed("the training made no model, expected one to try");
        };
    }

    /// Without the record, drift that these rows have answered trains an equal model again: no reason to fail.
    private void remember(Execution execution, Outcome outcome, Standing standing) {
        if (Optional.ofNullable(outcome.searched())
                .filter(recipe -> !recipe.isDefault())
                .isPresent()) {
            return; // another training on the same rows has the default recipe, and gives another model
        }
        try {
            answered.keep(outcome.labelledRows().digest(), outcome.answer(execution.name(), standing));
        } catch (WorkflowUnavailable e) {
            LOG.log(Level.WARNING, "it is not recorded which rows were answered: {0}", e.getMessage());
        }
    }

    private void requireExpected(SmokeCall.Answer answer, ModelPointer pointer) {
        var answering = answer.model();
        if (!answering.version().equals(pointer.version())) {
            throw new SmokeFailed(
                    "version %s answers, expected version %s".formatted(answering.version(), pointer.version()));
        }
        if (!answering.equals(pointer.model())) {
            throw new SmokeFailed("another model of version %s answers: the SHA-256 of its manifest is %s, expected %s"
                    .formatted(pointer.version(), answering.manifestHash(), pointer.manifestHash()));
        }
        var expectation = models.load(pointer.model()).manifest().smoke();
        if (!expectation.isMetBy(answer.probability())) {
            throw new SmokeFailed("version %s answers its smoke application with %s, expected the manifest's %s"
                    .formatted(pointer.version(), answer.probability(), expectation.probability()));
        }
    }

    /// The decision about what was trained, and the version that was in production before.
    ///
    /// @param notes what people should know besides, such as what the registry refused; one sentence each
    /// @param awaitsApproval whether the challenger is to be promoted once a person approves
    public record Result(
            PromotionDecision decision,
            TrainingResult trained,
            Optional<ModelVersion> former,
            List<String> notes,
            boolean awaitsApproval) {

        public Result {
            notes = List.copyOf(notes);
        }

        Result(PromotionDecision decision, TrainingResult trained, Optional<ModelVersion> former, List<String> notes) {
            this(decision, trained, former, notes, false);
        }

        static Result awaitingApproval(
                PromotionDecision decision, Outcome outcome, Optional<ModelVersion> former, List<String> notes) {
            return new Result(decision, outcome, former, notes, true);
        }
    }
}
