package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.workflow.TrainingRequest.Opponent;

/// Version 2 serves and has replaced version 1; the replay's trainings make versions 3 and 4.
class ReplayTest {

    private static final Execution REPLAY = new Execution("replay");
    private static final Execution NEXT = new Execution("next");
    private static final ModelPointer BEFORE = ModelFixtures.pointer("1").replacedBy(ModelFixtures.identity("2"));

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final Restoration restoration = new Restoration(workflow, models, registry, workflow.audit());
    private final Replay replay = new Replay(workflow, models, registry, restoration, workflow.audit());
    private final Rollback rollback = new Rollback(models, registry, workflow, workflow.audit());
    private final Promotion promotion = workflow.promotion(models, registry, model -> new SmokeCall.Answer(model, 0.1));

    @BeforeEach
    void twoServesAfterOne() {
        for (var version : List.of("1", "2", "3", "4")) {
            models.publish(ModelFixtures.constant(version, 0.1));
        }
        models.promote(BEFORE);
        registry.assign(ModelAlias.PRODUCTION, BEFORE.model());
    }

    @Test
    void whatServedBeforeIsPutBackAtTheEnd() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        trained("4", "3");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("4"));

        assertThat(replay.end(REPLAY)).isEmpty();

        assertPutBack();
        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::to)
                .containsExactly(
                        tuple(ModelDecision.Kind.PROMOTED, ModelFixtures.identity("3")),
                        tuple(ModelDecision.Kind.PROMOTED, ModelFixtures.identity("4")),
                        tuple(ModelDecision.Kind.REPLAY_ENDED, ModelFixtures.identity("2")));
        assertThat(registry.status(new ModelVersion("4"))).hasValue(VersionStatus.REPLACED);
        assertThat(registry.status(new ModelVersion("2"))).hasValue(VersionStatus.REINSTATED);
    }

    /// Each champion of the replay is older than its challenger: what served before was made with the rows of the
    /// months
    /// that are replayed.
    @Test
    void theFirstTrainingHasNoChampionAndTheNextOneTheFirst() {
        replay.begin(REPLAY, true);
        assertThat(replay.opponent(REPLAY)).isEqualTo(Opponent.NONE);
        assertThat(models.production())
                .as("untouched until the first promotion")
                .isEqualTo(BEFORE);

        var training = new Execution("training 3");
        workflow.keep(training, OutcomeFixtures.outcome("3", null, 0.1));
        var first = promotion.promote(training);
        var repeated = promotion.promote(training);
        promotion.smoke(training);

        assertThat(first.decision())
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of("version 3 is the first of a replay, and is compared with no champion")))
                .isEqualTo(repeated.decision());
        assertThat(replay.opponent(REPLAY)).isEqualTo(Opponent.PRODUCTION);
        assertServing("3");
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(new ModelVersion("2"));
        trained("4", "3");
        replay.end(REPLAY);
        assertPutBack();
    }

    /// Without a champion of its own, such a training has nothing to say about what serves.
    @Test
    void aTrainingWithoutAChampionIsTheFirstOfARunningReplayOnly() {
        var training = new Execution("training 3");
        workflow.keep(training, OutcomeFixtures.outcome("3", null, 0.1));

        assertThat(promotion.promote(training).decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);

        replay.begin(REPLAY, true);
        trained("4", "2");
        assertThat(promotion.promote(training).decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    }

    @Test
    void aTrainingOfAnotherReplayIsComparedWithWhatServes() {
        replay.begin(REPLAY, true);

        assertThat(replay.opponent(NEXT)).isEqualTo(Opponent.PRODUCTION);
    }

    @Test
    void whereItIsNotAskedForWhatWasPromotedLastStays() {
        replay.begin(REPLAY, false);
        trained("3", "2");

        assertThat(replay.end(REPLAY)).isEmpty();

        assertServing("3");
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void aReplayThatPromotedNothingChangesNothing() {
        replay.begin(REPLAY, true);
        registry.answerOnly(0);

        assertThat(replay.end(REPLAY)).isEmpty();

        assertThat(models.production()).isEqualTo(BEFORE);
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void aRepeatedBeginKeepsWhatServedBefore() {
        replay.begin(REPLAY, true);
        trained("3", "2");

        replay.begin(REPLAY, true);
        replay.end(REPLAY);

        assertPutBack();
    }

    @Test
    void aRepeatedEndChangesNothing() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        replay.end(REPLAY);
        rollback.to(ModelChoice.of("3"), workflow.order());

        assertThat(replay.end(REPLAY)).isEmpty();

        assertServing("3");
    }

    @Test
    void aReplayThatWasKilledIsEndedByWhoeverTakesTheLockOver() {
        replay.begin(REPLAY, true);
        trained("3", "2");

        assertThat(replay.recover(REPLAY)).as("its own").isEmpty();
        assertServing("3");
        assertThat(replay.recover(NEXT)).isEmpty();
        assertPutBack();
    }

    /// Both are killed between the promotion and its smoke call.
    @Test
    void theUnconfirmedPromotionOfItsLastTrainingIsTakenBackFirst() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        promoted("4", "3");

        replay.end(REPLAY);

        assertPutBack();
        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::to)
                .containsExactly(
                        tuple(ModelDecision.Kind.PROMOTED, ModelFixtures.identity("3")),
                        tuple(ModelDecision.Kind.PROMOTED, ModelFixtures.identity("4")),
                        tuple(ModelDecision.Kind.TAKEN_BACK, ModelFixtures.identity("3")),
                        tuple(ModelDecision.Kind.REPLAY_ENDED, ModelFixtures.identity("2")));
        assertThat(registry.status(new ModelVersion("4"))).hasValue(VersionStatus.TAKEN_BACK);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aTrainingThatIsTakenBackDoesNotMakeTheOneBeforeItAnOperators() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        promoted("4", "3");
        restoration.restore(new Execution("training 4"));
        assertServing("3");

        assertThat(replay.end(REPLAY)).isEmpty();

        assertPutBack();
    }

    @Test
    void anOperatorsDecisionDuringTheReplayStays() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        rollback.to(ModelChoice.of("1"), workflow.order());

        assertThat(replay.end(REPLAY))
                .containsExactly("version 1 was put into production during the replay, and stays");

        assertServing("1");
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void anOperatorsDecisionThatALaterTrainingReplacesIsPutBack() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        rollback.to(ModelChoice.of("1"), workflow.order());
        var decided = models.production();
        trained("4", "1");

        assertThat(replay.end(REPLAY)).isEmpty();

        assertThat(models.production()).isEqualTo(decided);
    }

    @Test
    void anOperatorsDecisionBeforeTheFirstPromotionIsPutBack() {
        replay.begin(REPLAY, true);
        rollback.to(ModelChoice.of("1"), workflow.order());
        var decided = models.production();
        trained("3", null);
        trained("4", "3");

        assertThat(replay.end(REPLAY)).isEmpty();

        assertThat(models.production()).isEqualTo(decided);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("1"));
    }

    /// It is killed after it has moved the pointer.
    @Test
    void theRecordOfAnEndThatWasInterruptedIsCompleted() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        models.afterwards(() -> {
            throw new ModelStoreUnavailable("killed");
        });
        assertThatThrownBy(() -> replay.end(REPLAY)).isInstanceOf(ModelStoreUnavailable.class);
        assertThat(workflow.interrupted()).map(ModelDecision::kind).containsExactly(ModelDecision.Kind.REPLAY_ENDED);

        replay.end(REPLAY);

        assertPutBack();
        assertThat(workflow.interrupted()).isEmpty();
    }

    @Test
    void anOperatorsDecisionAtTheLastMomentStays() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        models.meanwhile(() -> models.promote(ModelFixtures.pointer("1")));

        assertThat(replay.end(REPLAY))
                .containsExactly("production changed while version 2 was put back, and stays as it is");

        assertThat(models.production()).isEqualTo(ModelFixtures.pointer("1"));
    }

    @Test
    void aModelThatCannotBeUsedAnyMoreIsNotPutBack() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        models.lose(BEFORE.model());

        assertThat(replay.end(REPLAY))
                .containsExactly("the bundle of version 2 is damaged: what the replay has put into production stays");

        assertServing("3");
    }

    @Test
    void whereNothingServedBeforeWhatWasPromotedLastStays() {
        models.withdraw();
        replay.begin(REPLAY, true);
        trained("3", null);

        assertThat(replay.end(REPLAY))
                .containsExactly("no model was in production before the replay: what serves stays");

        assertServing("3");
    }

    @Test
    void aPointerThatWasLostIsPutBack() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        models.damagePointer();

        assertThat(replay.end(REPLAY)).isEmpty();

        assertPutBack();
    }

    @Test
    void withoutTheRegistryThePointerIsPutBackAtOnceAndTheAliasesLater() {
        replay.begin(REPLAY, true);
        trained("3", "2");
        registry.answerOnly(0);

        assertThatThrownBy(() -> replay.end(REPLAY)).isInstanceOf(RegistryUnavailable.class);
        assertThat(models.production()).isEqualTo(BEFORE);
        assertThat(workflow.unfinished()).isPresent();

        registry.answer();
        replay.recover(NEXT);
        assertPutBack();
    }

    private void assertPutBack() {
        assertThat(models.production()).isEqualTo(BEFORE);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("2"));
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(new ModelVersion("1"));
        assertThat(workflow.unfinished()).isEmpty();
    }

    private void assertServing(String version) {
        assertThat(models.production().version()).isEqualTo(new ModelVersion(version));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion(version));
    }

    /// A training of the replay makes a version that beats the champion, and confirms it.
    private void trained(String version, @Nullable String champion) {
        promotion.smoke(promoted(version, champion));
    }

    private Execution promoted(String version, @Nullable String champion) {
        var training = new Execution("training " + version);
        workflow.keep(
                training,
                OutcomeFixtures.outcome(
                        version,
                        champion == null ? null : OutcomeFixtures.champion(ModelFixtures.identity(champion), 0.25),
                        0.26));
        promotion.promote(training);
        return training;
    }
}
