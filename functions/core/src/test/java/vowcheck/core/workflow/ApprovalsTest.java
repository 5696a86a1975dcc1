package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.RowsAnswer.Standing;

/// Version 2 serves; a training has made version 3, which is better, and a person must approve it.
class ApprovalsTest {

    private static final Execution EXECUTION = new Execution("one");
    private static final String TOKEN = "token of one";
    private static final ModelIdentity TWO = ModelFixtures.identity("2");
    private static final ModelIdentity THREE = ModelFixtures.identity("3");
    private static final DecisionReason REASON = new DecisionReason("looked at its calibration");

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final Promotion promotion = workflow.promotion(models, registry, model -> new SmokeCall.Answer(model, 0.1));
    private final ApprovalRequest request = new ApprovalRequest(workflow, models, workflow);
    private final Approvals approvals = new Approvals(workflow, workflow, workflow.audit());

    @BeforeEach
    void threeIsBetter() {
        for (var version : List.of("1", "2", "3")) {
            models.publish(ModelFixtures.constant(version, 0.1));
        }
        models.promote(ModelFixtures.pointer("2"));
        registry.assign(ModelAlias.PRODUCTION, TWO);
        trained(0.26);
    }

    @Test
    void nothingChangesBeforeAPersonWasAsked() {
        var result = promotion.promote(EXECUTION, new Consent.Required());

        assertThat(result.awaitsApproval()).isTrue();
        assertServing(TWO);
        assertThat(workflow.current()).isEmpty();
        assertThat(workflow.decisions()).isEmpty();
        assertThat(registry.description(THREE.version()))
                .hasValueSatisfying(text -> assertThat(text).startsWith("waits for approval: "));
    }

    @Test
    void aChallengerThatIsNotBetterNeedsNobody() {
        trained(0.24);

        var result = promotion.promote(EXECUTION, new Consent.Required());

        assertThat(result.awaitsApproval()).isFalse();
        assertThat(result.decision().verdict()).isEqualTo(Verdict.KEPT);
    }

    @Test
    void nobodyIsAskedAboutAModelThatCannotServe() {
        models.publishUnusable("4");
        workflow.keep(EXECUTION, OutcomeFixtures.outcome("4", OutcomeFixtures.champion(TWO, 0.25), 0.26));

        assertThatThrownBy(() -> promotion.promote(EXECUTION, new Consent.Required()))
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void anApprovedChallengerIsPromotedInThatPersonsName() {
        request.ask(EXECUTION, TOKEN);

        var result = approvals.answer(ModelChoice.of("3"), true, order("u.1"));
        var promoted = promotion.promote(EXECUTION, new Consent.Given(given()));

        assertThat(result.model()).isEqualTo(THREE);
        assertThat(promoted.decision().verdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(promoted.decision().reasons()).endsWith("approved by ada: looked at its calibration");
        assertServing(THREE);
        assertThat(workflow.waiting()).isEmpty();
        assertThat(workflow.decisions())
                .extracting(ModelDecision::id, ModelDecision::kind, ModelDecision::from, ModelDecision::to)
                .containsExactly(
                        tuple("u.1", ModelDecision.Kind.APPROVED, TWO, THREE),
                        tuple("promoted-one", ModelDecision.Kind.PROMOTED, TWO, THREE));
    }

    @Test
    void aRejectedChallengerIsKeptOut() {
        request.ask(EXECUTION, TOKEN);

        approvals.answer(ModelChoice.of("3"), false, order("u.1"));
        var refused = promotion.refuse(EXECUTION, given());

        assertThat(refused.decision().verdict()).isEqualTo(Verdict.KEPT);
        assertThat(refused.decision().reasons()).containsExactly("rejected by ada: looked at its calibration");
        assertServing(TWO);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.NOT_BETTER);
        assertThat(registry.description(THREE.version())).hasValue("kept: rejected by ada: looked at its calibration");
        assertThat(workflow.decisions()).map(ModelDecision::kind).containsExactly(ModelDecision.Kind.REJECTED);
    }

    @Test
    void whatNobodyApprovesInTimeIsKeptOutAndRecorded() {
        var refused = promotion.refuse(EXECUTION, ApprovalAnswer.EXPIRED);

        assertThat(refused.decision().verdict()).isEqualTo(Verdict.KEPT);
        assertServing(TWO);
        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::decidedBy, ModelDecision::reason)
                .containsExactly(
                        tuple(ModelDecision.Kind.EXPIRED, "the training one", "nobody has approved it in time"));
    }

    @Test
    void anApprovalIsWorthNothingWhereProductionHasChanged() {
        request.ask(EXECUTION, TOKEN);
        models.promote(ModelFixtures.pointer("2").replacedBy(ModelFixtures.identity("1")));

        approvals.answer(ModelChoice.of("3"), true, order("u.1"));
        var result = promotion.promote(EXECUTION, new Consent.Given(given()));

        assertThat(result.decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(models.production().version()).isEqualTo(new ModelVersion("1"));
    }

    @Test
    void aVersionThatDoesNotWaitIsRefusedWithThoseThatDo() {
        assertRefused("3", "version 3 does not wait for approval; none does");
        request.ask(EXECUTION, TOKEN);

        assertRefused("2", "version 2 does not wait for approval; these do: " + THREE.exactName());
        assertThat(workflow.given()).isEmpty();
        assertThat(workflow.decisions()).isEmpty();
    }

    @Test
    void ofTwoAnswersTheFirstCounts() {
        var asked = request.ask(EXECUTION, TOKEN);
        approvals.answer(ModelChoice.of("3"), false, order("u.1"));
        workflow.keep(asked); // as the second one has read it

        assertRefused(
                "3",
                "version 3 no longer waits for approval: it was answered already, its time is over, or its training was"
                        + " stopped");
        assertThat(given().approved()).isFalse();
        assertThat(workflow.waiting()).isEmpty();
    }

    @Test
    void aLateAnswerIsRefusedAndRecordedAsBegun() {
        request.ask(EXECUTION, InMemoryWorkflow.LATE);

        assertThatThrownBy(() -> approvals.answer(ModelChoice.of("3"), true, order("u.1")))
                .isInstanceOf(ApprovalRefused.class);

        assertThat(workflow.decisions()).isEmpty();
        assertThat(workflow.interrupted()).map(ModelDecision::id).containsExactly("u.1");
        assertServing(TWO);
    }

    @Test
    void aDatabaseThatDoesNotAnswerHoldsNoApprovalBack() {
        request.ask(EXECUTION, TOKEN);
        workflow.record(false);

        assertThat(approvals.answer(ModelChoice.of("3"), true, order("u.1")).notes())
                .singleElement()
                .asString()
                .startsWith("this decision is not in the table model_decisions");
        assertThat(given().approved()).isTrue();
    }

    /// The training goes on; it forgets that it waited.
    @Test
    void anAnswerCountsAlsoWhereTheStoreForgetsNothing() {
        request.ask(EXECUTION, TOKEN);
        workflow.forgetApprovals(false);

        assertThat(approvals.answer(ModelChoice.of("3"), true, order("u.1")).notes())
                .containsExactly("version 3 is listed as waiting until its training continues: the store in memory"
                        + " deletes nothing");
        assertThat(workflow.decisions()).map(ModelDecision::id).containsExactly("u.1");
        assertRefused(
                "3",
                "version 3 no longer waits for approval: it was answered already, its time is over, or its training was"
                        + " stopped");
    }

    @Test
    void anAnswerByAFormerTokenHidesNoTrainingThatHasAskedAnew() {
        request.ask(EXECUTION, InMemoryWorkflow.LATE);
        workflow.beforeResuming(() -> request.ask(EXECUTION, TOKEN));

        assertThatThrownBy(() -> approvals.answer(ModelChoice.of("3"), true, order("u.1")))
                .isInstanceOf(ApprovalRefused.class);

        approvals.answer(ModelChoice.of("3"), true, order("u.2"));
        assertThat(given().approved()).isTrue();
    }

    @Test
    void aRejectedModelThatAnOperatorHasPutIntoProductionMeanwhileKeepsItsMarks() {
        new Rollback(models, registry, workflow, workflow.audit()).to(ModelChoice.of("3"), order("u.1"));

        var refused = promotion.refuse(EXECUTION, ApprovalAnswer.EXPIRED);

        assertServing(THREE);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.REINSTATED);
        assertThat(registry.description(THREE.version())).isEmpty();
        assertThat(refused.notes()).containsExactly("version 3 was put into production meanwhile, and stays");
    }

    @Test
    void anApprovedModelThatAnOperatorHasPutIntoProductionMeanwhileKeepsItsMarks() {
        new Rollback(models, registry, workflow, workflow.audit()).to(ModelChoice.of("3"), order("u.1"));

        var result = promotion.promote(EXECUTION, new Consent.Given(new ApprovalAnswer(true, "ada", "case 17")));

        assertThat(result.decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertServing(THREE);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.REINSTATED);
    }

    @Test
    void itsRowsCountAsAnsweredWhileAChallengerWaits() {
        promotion.promote(EXECUTION, new Consent.Required());
        assertStanding(Standing.AWAITING_APPROVAL);

        promotion.abandon(new Execution("two"));
        assertStanding(Standing.AWAITING_APPROVAL);

        promotion.refuse(EXECUTION, ApprovalAnswer.EXPIRED);
        assertStanding(Standing.KEPT);

        promotion.abandon(EXECUTION);
        assertStanding(Standing.KEPT);
    }

    @Test
    void theRowsOfATrainingThatEndedWhileItWaitedAreAnsweredByNone() {
        promotion.promote(EXECUTION, new Consent.Required());

        promotion.abandon(EXECUTION);

        assertThat(workflow.answer(OutcomeFixtures.ROWS.digest())).isEmpty();
    }

    @Test
    void theRowsOfAnApprovalThatCameTooLateAreAnsweredByNone() {
        promotion.promote(EXECUTION, new Consent.Required());
        models.promote(ModelFixtures.pointer("2").replacedBy(ModelFixtures.identity("1")));

        promotion.promote(EXECUTION, new Consent.Given(new ApprovalAnswer(true, "ada", "case 17")));

        assertThat(workflow.answer(OutcomeFixtures.ROWS.digest())).isEmpty();
    }

    private void assertStanding(Standing standing) {
        assertThat(workflow.answer(OutcomeFixtures.ROWS.digest()).map(RowsAnswer::standing))
                .hasValue(standing);
    }

    @Test
    void aTrainingThatHasEndedWaitsNoLonger() {
        request.ask(EXECUTION, TOKEN);

        request.withdraw(EXECUTION);
        request.withdraw(EXECUTION);

        assertThat(workflow.waiting()).isEmpty();
    }

    @Test
    void theTokenStandsInNoMessage() {
        assertThat(request.ask(EXECUTION, TOKEN).toString()).doesNotContain(TOKEN);
    }

    private void trained(double averagePrecision) {
        workflow.keep(EXECUTION, OutcomeFixtures.outcome("3", OutcomeFixtures.champion(TWO, 0.25), averagePrecision));
    }

    private static OperatorsOrder order(String id) {
        return new OperatorsOrder(id, "ada", REASON);
    }

    private ApprovalAnswer given() {
        return Optional.ofNullable(workflow.given().get(TOKEN)).orElseThrow();
    }

    private void assertRefused(String version, String sentence) {
        assertThatThrownBy(() -> approvals.answer(ModelChoice.of(version), true, order("u.2")))
                .isInstanceOf(ApprovalRefused.class)
                .hasMessage(sentence);
    }

    private void assertServing(ModelIdentity model) {
        assertThat(models.production().model()).isEqualTo(model);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(model.version());
    }
}
