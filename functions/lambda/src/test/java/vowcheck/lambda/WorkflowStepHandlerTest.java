package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.core.training.OutcomeFixtures.outcome;

import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.workflow.AbandonedRuns;
import vowcheck.core.workflow.AnotherTrainingRuns;
import vowcheck.core.workflow.ApprovalRefused;
import vowcheck.core.workflow.ApprovalRequest;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.InMemoryRuns;
import vowcheck.core.workflow.InMemoryWorkflow;
import vowcheck.core.workflow.InvalidCutoff;
import vowcheck.core.workflow.PendingApproval;
import vowcheck.core.workflow.Promotion;
import vowcheck.core.workflow.Replay;
import vowcheck.core.workflow.Restoration;
import vowcheck.core.workflow.SmokeCall;
import vowcheck.core.workflow.TrainingClaims;
import vowcheck.core.workflow.TrainingLock;
import vowcheck.core.workflow.UnfinishedReplay;

class WorkflowStepHandlerTest {

    private static final Execution REPLAY =
            new Execution("arn:aws:states:eu-central-1:1:execution:vowcheck-dev-replay:year");

    private static final String BEGIN = Events.text("workflow_step_handler.json");
    private static final String NAME = "3c0f7e2a-5a53-4a0e-9d1b-2f6a8f1c7b10";

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final InMemoryRuns runs = new InMemoryRuns();
    private final WorkflowStepHandler handler = new WorkflowStepHandler(
            new TrainingClaims(workflow, workflow),
            new TrainingLock(workflow, workflow),
            new Promotion(
                    workflow,
                    workflow,
                    workflow,
                    workflow,
                    models,
                    registry,
                    model -> new SmokeCall.Answer(model, 0.25),
                    new PromotionRule(PromotionPolicy.CONTRACT),
                    workflow.audit()),
            new Restoration(workflow, models, registry, workflow.audit()),
            new Replay(
                    workflow,
                    models,
                    registry,
                    new Restoration(workflow, models, registry, workflow.audit()),
                    workflow.audit()),
            new AbandonedRuns(runs),
            new ApprovalRequest(workflow, models, workflow),
            new MovableClock());

    @BeforeEach
    void aTrainingLeftAnOutcome() {
        models.promote(ModelFixtures.constant("2", 0.1));
        models.publish(ModelFixtures.constant("3", 0.25));
        workflow.keep(
                new Execution(NAME), outcome("3", OutcomeFixtures.champion(ModelFixtures.identity("2"), 0.25), 0.26));
    }

    @Test
    void theSampleEventBegins() {
        assertThat(Events.handled(handler, BEGIN))
                .isEqualTo(
                        "{\"cutoff\":\"2025-05-01\",\"reason\":\"manual\",\"search\":\"none\",\"execution\":\"%s\",\"opponent\":\"PRODUCTION\",\"author\":\"vowcheck\",\"replay\":\"%s\"}"
                                .formatted(NAME, NAME));
        assertThat(workflow.held()).isPresent();
    }

    @Test
    void withoutInputTheCutoffIsToday() {
        assertThat(Events.handled(handler, "{\"step\":\"begin\",\"execution\":\"arn:one\",\"input\":{}}"))
                .isEqualTo(
                        "{\"cutoff\":\"2025-06-01\",\"reason\":\"manual\",\"search\":\"none\",\"execution\":\"one\",\"opponent\":\"PRODUCTION\",\"author\":\"vowcheck\",\"replay\":\"one\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"operator\":\"ada\"', ada",
        "'\"operator\":\" \"', vowcheck",
        "'\"replay\":\"%s\",\"replay_input\":{\"operator\":\"ada\"}', ada",
        "'\"replay\":\"%s\",\"replay_input\":{}', vowcheck",
    })
    void whoStartedTheTrainingOrItsReplayIsItsAuthor(String input, String author) {
        workflow.start(REPLAY);
        if (input.contains("replay")) {
            Events.handled(handler, beginReplay("{}"));
        }
        var begun = Events.handled(
                handler,
                "{\"step\":\"begin\",\"execution\":\"%s\",\"input\":{%s}}"
                        .formatted(NAME, input.formatted(REPLAY.id())));

        assertThat(begun)
                .endsWith("\"author\":\"%s\",\"replay\":\"%s\"}"
                        .formatted(author, input.contains("replay") ? REPLAY.name() : NAME));
    }

    @Test
    void anInvalidCutoffTakesNoLock() {
        assertThatThrownBy(() -> Events.handled(handler, BEGIN.replace("2025-05-01", "2099-01-01")))
                .isInstanceOf(InvalidCutoff.class);
        assertThat(workflow.held()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 minutes", "12 trials"})
    void aSearchIsPassedOnToTheTraining(String search) {
        assertThat(Events.handled(handler, searching(search))).contains("\"search\":\"%s\"".formatted(search));
    }

    @Test
    void anInvalidSearchTakesNoLock() {
        assertThatThrownBy(() -> Events.handled(handler, searching("2 hours")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("search")
                .hasMessageContaining("'2 hours', expected none, 1 to 15 minutes or 1 to 200 trials");
        assertThat(workflow.held()).isEmpty();
    }

    private static String searching(String search) {
        return "{\"step\":\"begin\",\"execution\":\"arn:one\",\"input\":{\"search\":\"%s\"}}".formatted(search);
    }

    @Test
    void ofTwoStartsOneIsRefused() {
        Events.handled(handler, BEGIN);
        workflow.start(new Execution(NAME));
        assertThatThrownBy(() -> Events.handled(handler, BEGIN.replace(NAME, "other")))
                .isInstanceOf(AnotherTrainingRuns.class);
    }

    @ParameterizedTest
    @CsvSource({
        "drift_report, 2025-06-01T00:00:04.123456Z, 2025-06-01T00:00:04.123456Z",
        "scheduled_at, 2025-06-01T01:00:00Z, 2025-06-01T01:00:09Z",
        "'scheduled_at\":\"2025-06-01T00:00:00Z\",\"drift_report', 2025-06-01T00:00:04Z, 2025-06-01T00:01:04Z"
    })
    void aSecondExecutionForOneCauseNamesTheFirstAndTakesNoLock(String field, String first, String second) {
        begins("one", field, first);

        assertThat(begins("two", field, second)).isEqualTo("""
            {"cutoff":"2025-06-01","reason":"automatic","search":"none","execution":"two","duplicate_of":"one",\
            "message":"the execution one trains, or has trained, for the same cause: nothing to do"}\
            """);
        assertThat(workflow.held())
                .hasValueSatisfying(
                        held -> assertThat(held.is(new Execution("one"))).isTrue());

        succeeds("one");
        assertThat(begins("three", field, second)).contains("\"duplicate_of\":\"one\"");
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void aCauseWhoseExecutionFailedIsTrainedByTheNext() {
        begins("one", "drift_report", "2025-06-01T00:00:04Z");
        Events.handled(handler, step("restore", "one"));
        workflow.end(new Execution("one"));

        assertThat(begins("two", "drift_report", "2025-06-01T00:00:04Z")).doesNotContain("duplicate_of");
        assertThat(workflow.held())
                .hasValueSatisfying(
                        held -> assertThat(held.is(new Execution("two"))).isTrue());
    }

    @Test
    void anotherCauseDuringATrainingFailsAndMayComeAgain() {
        begins("one", "drift_report", "2025-06-01T00:00:04Z");
        assertThatThrownBy(() -> begins("two", "scheduled_at", "2025-06-01T01:00:00Z"))
                .isInstanceOf(AnotherTrainingRuns.class);
        workflow.end(new Execution("two"));
        succeeds("one");

        assertThat(begins("three", "scheduled_at", "2025-06-01T01:00:00Z")).doesNotContain("duplicate_of");
    }

    @Test
    void aRepeatedBeginKeepsItsCause() {
        var first = begins("one", "scheduled_at", "2025-06-01T01:00:00Z");
        assertThat(begins("one", "scheduled_at", "2025-06-01T01:00:00Z")).isEqualTo(first);
    }

    @Test
    void whatPeopleStartIsTrainedEachTime() {
        var first = Events.handled(handler, BEGIN);
        succeeds(NAME);
        assertThat(Events.handled(handler, BEGIN.replace(NAME, "other"))).isEqualTo(first.replace(NAME, "other"));
    }

    @Test
    void aCauseThatIsNoTimeIsNamedAndTakesNoLock() {
        assertThatThrownBy(() -> begins("one", "scheduled_at", "soon"))
                .hasMessage("the field input.scheduled_at: the time is 'soon', expected one such as "
                        + "2025-06-01T01:00:00Z");
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void promotionNamesItsDecisionReasonsAndFigures() {
        assertThat(Events.handled(handler, step("promote"))).isEqualTo("""
            {"decision":"promoted","reasons":["version 3 has average precision 0.260000 on 13363 test rows, \
            higher than the 0.250000 of version 2 in production",\
            "the stage's policy, contract, decides by this comparison"],"model_version":"3","former_model_version":"2",\
            "average_precision":0.26,"compared_average_precision":0.26,"production_average_precision":0.25,"test_rows_left_out":0,\
            "average_precision_difference":{"difference":0.0,"lower":-0.01,"upper":0.01}}\
            """);
    }

    @Test
    void aTrainingThatTrainedNothingNamesTheVersionOfTheSameRows() {
        workflow.keep(
                new Execution(NAME),
                new NothingNew(
                        OutcomeFixtures.ROWS,
                        LocalDate.of(2025, 6, 1),
                        new RowsAnswer(
                                ModelFixtures.identity("3"),
                                ModelFixtures.identity("2"),
                                LocalDate.of(2025, 5, 1),
                                "one",
                                RowsAnswer.Standing.KEPT)));
        assertThat(Events.handled(handler, step("promote"))).isEqualTo("""
            {"decision":"nothing_new","reasons":["the 133,628 labelled rows before 2025-06-01 are those that version 3 \
            was trained on by the execution one; it was not better than the champion",\
            "load newer labelled rows to retrain"],"model_version":"3","former_model_version":"2"}\
            """);
        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
    }

    @ParameterizedTest
    @CsvSource({"true, {}, awaiting_approval", "false, '{\"approval\":true}', awaiting_approval", "false, {}, promoted"
    })
    void theStageOrTheInputAsksForApproval(boolean required, String input, String decision) {
        assertThat(Events.handled(handler, """
                        {"step":"promote","execution":"%s","input":%s,"approval_required":%s}""".formatted(NAME, input, required)))
                .startsWith("{\"decision\":\"%s\",".formatted(decision));
        assertThat(models.production().version().value()).isEqualTo(decision.equals("promoted") ? "3" : "2");
    }

    @Test
    void aTrainingWaitsByItsTokenAndPromotesWhatWasApproved() {
        assertThat(Events.handled(handler, """
                        {"step":"await_approval","execution":"%s","input":{},"token":"the token"}""".formatted(NAME))).startsWith("{\"model_version\":\"3\",");
        assertThat(workflow.waiting()).map(PendingApproval::token).containsExactly("the token");

        assertThat(Events.handled(handler, """
                        {"step":"promote","execution":"%s","input":{},"approval_required":true,\
                        "answer":{"approved":true,"operator":"ada","reason":"case 17"}}""".formatted(NAME)))
                .startsWith("{\"decision\":\"promoted\",")
                .contains("approved by ada: case 17");
    }

    @Test
    void whatWasRejectedOrExpiredIsKeptOut() {
        Events.handled(handler, """
                {"step":"await_approval","execution":"%s","input":{},"token":"the token"}""".formatted(NAME));

        assertThat(Events.handled(handler, """
                        {"step":"refuse","execution":"%s","input":{},\
                        "answer":{"approved":false,"reason":"nobody has approved it in time"}}""".formatted(NAME)))
                .startsWith("{\"decision\":\"kept\",\"reasons\":[\"nobody has approved it in time\"],");
        assertThat(workflow.waiting()).isEmpty();
        assertThat(models.production().version().value()).isEqualTo("2");
    }

    @Test
    void aTrainingThatWasStoppedWaitsNoLonger() {
        Events.handled(handler, """
                {"step":"await_approval","execution":"%s","input":{},"token":"the token"}""".formatted(NAME));

        Events.handled(handler, """
                {"step":"promote","execution":"%s","input":{},"approval_required":true}""".formatted(NAME));
        Events.handled(handler, step("restore"));

        assertThat(workflow.waiting()).isEmpty();
        assertThat(workflow.answer(OutcomeFixtures.ROWS.digest())).isEmpty();
    }

    @Test
    void smokeReturnsTheModelAndItsProbability() {
        Events.handled(handler, step("promote"));
        assertThat(Events.handled(handler, step("smoke")))
                .isEqualTo("{\"model_version\":\"3\",\"manifest_sha256\":\"%s\",\"probability\":0.25}"
                        .formatted(ModelFixtures.identity("3").manifestHash()));
    }

    @Test
    void releaseFreesTheLock() {
        Events.handled(handler, BEGIN);
        Events.handled(handler, step("release"));
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void restoreTakesBackAnUnconfirmedPromotionAndFreesTheLock() {
        Events.handled(handler, BEGIN);
        Events.handled(handler, step("promote"));
        assertThat(Events.handled(handler, step("restore")))
                .isEqualTo("{\"execution\":\"%s\",\"notes\":[]}".formatted(NAME));
        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void theNextExecutionTakesBackAnAbandonedPromotion() {
        Events.handled(handler, BEGIN);
        Events.handled(handler, step("promote"));
        Events.handled(handler, BEGIN.replace(NAME, "other"));
        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "smoke"})
    void aRedrivenExecutionChangesNothingWhileAnotherOneRuns(String step) {
        Events.handled(handler, BEGIN.replace(NAME, "other"));
        workflow.start(new Execution("other"));
        assertThatThrownBy(() -> Events.handled(handler, step(step))).isInstanceOf(AnotherTrainingRuns.class);
        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
    }

    @Test
    void aTrainingThatWasKilledLeavesNoRunUnfinished() {
        Events.handled(handler, BEGIN);
        runs.start(new Execution(NAME));
        runs.start(new Execution("before"));

        Events.handled(handler, step("restore"));
        assertThat(runs.unfinished()).containsExactly("before");

        Events.handled(handler, BEGIN.replace(NAME, "after"));
        assertThat(runs.unfinished()).isEmpty();
    }

    @Test
    void aTrackerThatDoesNotAnswerHindersNeitherBeginNorRestore() {
        runs.reachable(false);

        for (var event : new String[] {BEGIN, step("restore")}) {
            assertThat(Events.handled(handler, event))
                    .contains("\"notes\":[\"runs of trainings that were killed may still be running in the tracker: "
                            + "the tracker in memory is out of reach\"]");
        }
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void whatTheRegistryRefusesStandsBesideTheReasons() {
        registry.deleteRun(new ModelVersion("2"));

        assertThat(Events.handled(handler, step("promote")))
                .contains("\"notes\":[\"the run of version 2 is deleted\"]")
                .contains("\"decision\":\"promoted\"");
    }

    @Test
    void aReplayBeginsWithTheCutoffsOfAYearAndTheDefaultOfItsStage() {
        var answer = JsonDocument.parse(Events.handled(handler, beginReplay("{}")));

        assertThat(answer.texts("cutoffs")).hasSize(12).startsWith("2025-05-01").endsWith("2026-04-01");
        assertThat(answer.flag("restore")).isTrue();
        assertThat(workflow.held()).isPresent();
        assertThat(workflow.unfinished()).map(UnfinishedReplay::restores).hasValue(true);
    }

    @Test
    void aReplaysInputHasItsCutoffsAndWhetherItRestores() {
        assertThat(Events.handled(handler, beginReplay("{\"cutoffs\":[\"2025-05-01\"],\"restore\":false}")))
                .isEqualTo("{\"execution\":\"year\",\"cutoffs\":[\"2025-05-01\"],\"restore\":false}");
    }

    /// What stays in production needs a person's approval, and a replay asks nobody.
    @Test
    void whereApprovalIsRequiredAReplayMustRestore() {
        assertThatThrownBy(() -> Events.handled(handler, """
                        {"step":"begin_replay","execution":"%s","input":{"restore":false},\
                        "restore_by_default":true,"approval_required":true}""".formatted(REPLAY.id())))
                .isInstanceOf(ApprovalRefused.class);
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void whileAReplayRunsOnlyItsOwnTrainingsDo() {
        workflow.start(REPLAY);
        Events.handled(handler, beginReplay("{}"));

        assertThatThrownBy(() -> Events.handled(handler, BEGIN))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the replay year is running, expected none");
        Events.handled(handler, ofReplay("begin"));
        Events.handled(handler, ofReplay("promote"));
        Events.handled(handler, ofReplay("smoke"));
        Events.handled(handler, ofReplay("release"));
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.is(REPLAY)).isTrue());
        assertThat(models.production().version()).isEqualTo(new ModelVersion("3"));

        Events.handled(handler, endReplay());

        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
        assertThat(workflow.held()).isEmpty();
    }

    @Test
    void aReplayIsRefusedWhileATrainingRunsAndItsEndChangesNothing() {
        workflow.start(new Execution(NAME));
        Events.handled(handler, BEGIN);

        assertThatThrownBy(() -> Events.handled(handler, beginReplay("{}")))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the training %s is running, expected none".formatted(NAME));
        Events.handled(handler, endReplay());

        assertThat(workflow.held())
                .hasValueSatisfying(
                        held -> assertThat(held.is(new Execution(NAME))).isTrue());
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void aReplayThatWasStoppedIsRestoredByTheNextTraining() {
        workflow.start(REPLAY);
        Events.handled(handler, beginReplay("{}"));
        Events.handled(handler, ofReplay("promote"));
        Events.handled(handler, ofReplay("smoke"));
        workflow.end(REPLAY);

        Events.handled(handler, BEGIN.replace(NAME, "other"));

        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
        assertThat(workflow.unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "promote", "smoke"})
    void aTrainingWhoseReplayWasStoppedChangesNothing(String step) {
        workflow.start(REPLAY);
        Events.handled(handler, beginReplay("{}"));
        workflow.end(REPLAY);
        Events.handled(handler, endReplay());

        assertThatThrownBy(() -> Events.handled(handler, ofReplay(step)))
                .isInstanceOf(AnotherTrainingRuns.class)
                .hasMessage("the replay year has ended, and so must its trainings");
        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("2"));
    }

    private static String beginReplay(String input) {
        return "{\"step\":\"begin_replay\",\"execution\":\"%s\",\"input\":%s,\"restore_by_default\":true}"
                .formatted(REPLAY.id(), input);
    }

    private static String endReplay() {
        return step("end_replay", REPLAY.id());
    }

    /// A step of the replay's training.
    private static String ofReplay(String step) {
        return "{\"step\":\"%s\",\"execution\":\"%s\",\"input\":{\"cutoff\":\"2025-05-01\",\"replay\":\"%s\"}}"
                .formatted(step, NAME, REPLAY.id());
    }

    @Test
    void anUnknownStepIsNamed() {
        assertThatThrownBy(() -> Events.handled(handler, step("dance")))
                .hasMessage(
                        "step 'dance', expected begin, promote, await_approval, refuse, smoke, restore, release, begin_replay"
                                + " or end_replay");
    }

    /// An execution that a rule started begins.
    private String begins(String execution, String field, String time) {
        workflow.start(new Execution(execution));
        return Events.handled(
                handler,
                "{\"step\":\"begin\",\"execution\":\"%s\",\"input\":{\"reason\":\"automatic\",\"%s\":\"%s\"}}"
                        .formatted(execution, field, time));
    }

    private void succeeds(String execution) {
        Events.handled(handler, step("release", execution));
        workflow.succeed(new Execution(execution));
    }

    private static String step(String step) {
        return step(step, NAME);
    }

    private static String step(String step, String execution) {
        return "{\"step\":\"%s\",\"execution\":\"%s\"}".formatted(step, execution);
    }
}
