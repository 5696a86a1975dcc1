package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.OutcomeFixtures;

/// Version 3 was promoted in place of version 2, which had replaced version 1, and its smoke call never passed.
class RestorationTest {

    private static final Execution EXECUTION = new Execution("arn:aws:states:eu-west-1:1:execution:training:one");
    private static final Execution OTHER = new Execution("other");
    private static final ModelPointer FORMER = pointer("2", "1");
    private static final ModelPointer CHALLENGER = pointer("3", "2");

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final Restoration restoration = new Restoration(workflow, models, registry, workflow.audit());
    private final Promotion promotion = workflow.promotion(models, registry, _ -> {
        throw new WorkflowUnavailable("the service does not answer");
    });

    @BeforeEach
    void twoServesAndThreeWasTrained() {
        models.publish(ModelFixtures.constant("2", 0.1));
        models.promote(FORMER);
        registry.assign(ModelAlias.PRODUCTION, FORMER.model());
        registry.assign(ModelAlias.DEPRECATED, ModelFixtures.identity("1"));
        trained(OutcomeFixtures.champion(FORMER.model(), 0.25));
    }

    @Test
    void theFormerModelServesAgain() {
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);

        assertRestored();
        assertThat(registry.status(FORMER.version())).hasValue(VersionStatus.REINSTATED);
        assertThat(registry.status(CHALLENGER.version())).hasValue(VersionStatus.TAKEN_BACK);
    }

    @Test
    void thePromotionAndItsEndAreRecorded() {
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);
        restoration.restore(EXECUTION);

        assertThat(workflow.decisions())
                .extracting(ModelDecision::id, ModelDecision::decidedBy, ModelDecision::from, ModelDecision::to)
                .containsExactly(
                        tuple("promoted-one", "the training one", FORMER.model(), CHALLENGER.model()),
                        tuple("taken_back-one", "the training one", CHALLENGER.model(), FORMER.model()));
        assertThat(workflow.interrupted()).isEmpty();
    }

    /// It is killed after it has moved the pointer.
    @Test
    void theRecordOfARestorationThatWasInterruptedIsCompleted() {
        promotion.promote(EXECUTION);
        models.afterwards(() -> {
            throw new ModelStoreUnavailable("killed");
        });
        assertThatThrownBy(() -> restoration.restore(EXECUTION)).isInstanceOf(ModelStoreUnavailable.class);
        assertThat(workflow.interrupted()).map(ModelDecision::kind).containsExactly(ModelDecision.Kind.TAKEN_BACK);

        restoration.restore(EXECUTION);

        assertRestored();
        assertThat(workflow.interrupted()).isEmpty();
    }

    /// It is mended also then.
    @Test
    void aDatabaseThatDoesNotAnswerHindersNoRestoration() {
        promotion.promote(EXECUTION);
        workflow.record(false);

        assertThat(restoration.restore(EXECUTION))
                .containsExactly("this decision is not in the table model_decisions, but only in the log: the database"
                        + " in memory does not answer");

        assertRestored();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aPromotionThatEndedHalfwayIsTakenBack(int answered) {
        registry.answerOnly(answered);
        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(RegistryUnavailable.class);
        registry.answer();

        restoration.restore(EXECUTION);

        assertRestored();
    }

    @Test
    void whatTheRegistryRefusesIsToldAndThePointerIsRestored() {
        promotion.promote(EXECUTION);
        registry.delete(FORMER.version());
        registry.deleteRun(CHALLENGER.version());

        var notes = restoration.restore(EXECUTION);

        assertThat(notes)
                .containsExactly(
                        "the registry's alias production was removed, since it cannot name version 2: the registry in"
                                + " memory has no version 2",
                        "the registry in memory has no version 2",
                        "the run of version 3 is deleted");
        assertThat(models.inProduction()).hasValue(FORMER);
        assertThat(registry.holder(ModelAlias.PRODUCTION))
                .as("not the challenger")
                .isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(new ModelVersion("1"));
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aDamagedRecordIsToldOnceAndHindersNoTraining() {
        promotion.promote(EXECUTION);
        workflow.damage();

        assertThat(restoration.recover(OTHER))
                .containsExactly("the record is damaged: nothing is taken back, what serves stays");
        assertThat(restoration.recover(OTHER)).isEmpty();
        assertThat(models.inProduction()).hasValue(CHALLENGER);
    }

    @Test
    void whereThePointerCannotBeReadTheFormerModelIsPutBack() {
        promotion.promote(EXECUTION);
        models.damagePointer();

        assertThat(restoration.restore(EXECUTION))
                .containsExactly("the pointer in memory cannot be read: what served before is put back");
        assertRestored();
    }

    @Test
    void whereThePointerIsMissingTheFormerModelIsPutBack() {
        promotion.promote(EXECUTION);
        models.withdraw();

        assertThat(restoration.restore(EXECUTION))
                .containsExactly("no model is in production: what served before is put back");
        assertRestored();
    }

    @Test
    void aFormerModelThatCannotBeUsedIsNotPutBackAndTheChallengerStays() {
        var lost = pointer("9", "1");
        models.promote(lost);
        trained(new Outcome.UnreadableChampion(lost.model(), "its bundle is damaged"));
        promotion.promote(EXECUTION);

        assertThat(restoration.restore(EXECUTION))
                .containsExactly("the bundle of version 9 is damaged: what is in production stays, though it was not"
                        + " confirmed");
        assertThat(models.inProduction()).hasValue(lost.replacedBy(CHALLENGER.model()));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(CHALLENGER.version());
        assertThat(registry.status(CHALLENGER.version())).hasValue(VersionStatus.PROMOTED);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aFormerModelOfWhichAnEarlierBuildNotedTheVersionOnlyGetsItsAliasBack() {
        var former = new ModelPointer(FORMER.model(), new ModelVersion("1"), null);
        models.promote(former);
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).hasValue(former);
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(new ModelVersion("1"));
    }

    @Test
    void aPromotionWhosePointerWasNotWrittenIsTakenBack() {
        models.readOnly(true);
        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(ModelStoreUnavailable.class);

        restoration.restore(EXECUTION);

        assertRestored();
    }

    @Test
    void theNextExecutionTakesBackAnAbandonedPromotion() {
        promotion.promote(EXECUTION);

        restoration.recover(EXECUTION);
        assertThat(models.inProduction()).hasValue(CHALLENGER);

        restoration.recover(OTHER);
        assertRestored();
    }

    @Test
    void anotherExecutionsPromotionIsNotRestored() {
        promotion.promote(EXECUTION);

        restoration.restore(OTHER);

        assertThat(models.inProduction()).hasValue(CHALLENGER);
    }

    @Test
    void aConfirmedPromotionStays() {
        promotion.promote(EXECUTION);
        workflow.forget();

        restoration.restore(EXECUTION);
        restoration.recover(OTHER);

        assertThat(models.inProduction()).hasValue(CHALLENGER);
    }

    @Test
    void restoringAgainChangesNothing() {
        promotion.promote(EXECUTION);
        restoration.restore(EXECUTION);
        models.promote(pointer("4", "2"));

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("4", "2"));
    }

    @Test
    void aLaterDecisionOfAnOperatorStays() {
        promotion.promote(EXECUTION);
        models.promote(pointer("4", "3"));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("4"));

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("4", "3"));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("4"));
        assertThat(workflow.current()).isEmpty();
    }

    /// Stopping an execution does not stop its function, which is updating the registry then.
    @Test
    void aPromotionThatIsTakenBackWhileItIsBeingMadeIsNotCompleted() {
        registry.meanwhile(() -> restoration.restore(EXECUTION));

        assertThatThrownBy(() -> promotion.promote(EXECUTION))
                .isInstanceOf(PromotionTakenBack.class)
                .hasMessage("the promotion of version 3 was taken back while it was being made");

        assertRestored();
    }

    @Test
    void aPromotionThatIsTakenBackJustBeforeItsWriteIsUndone() {
        models.meanwhile(() -> restoration.recover(OTHER));

        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(PromotionTakenBack.class);

        assertRestored();
    }

    @Test
    void aPromotionThatIsTakenBackJustAfterItsWriteStaysSo() {
        models.afterwards(() -> restoration.recover(OTHER));

        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(PromotionTakenBack.class);

        assertRestored();
    }

    @Test
    void anOperatorsDecisionAtTheLastMomentStays() {
        promotion.promote(EXECUTION);
        models.meanwhile(() -> models.promote(pointer("4", "3")));

        assertThat(restoration.restore(EXECUTION))
                .containsExactly("production changed while version 3 was taken back, and stays as it is");

        assertThat(models.inProduction()).hasValue(pointer("4", "3"));
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void withoutAFormerModelNoneIsInProduction() {
        models.withdraw();
        registry.remove(ModelAlias.PRODUCTION);
        registry.remove(ModelAlias.DEPRECATED);
        trained(null);
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).isEmpty();
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
    }

    @Test
    void theCommittedBundleComesBackWithoutAnAlias() {
        var baseline = pointer("baseline", null);
        models.publish(ModelFixtures.constant("baseline", 0.1));
        models.promote(baseline);
        registry.remove(ModelAlias.PRODUCTION);
        trained(OutcomeFixtures.champion(baseline.model(), 0.25));
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).hasValue(baseline);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
    }

    @Test
    void withoutTheRegistryThePointerIsRestoredAtOnceAndTheAliasesLater() {
        promotion.promote(EXECUTION);
        registry.answerOnly(0);

        assertThatThrownBy(() -> restoration.restore(EXECUTION)).isInstanceOf(RegistryUnavailable.class);
        assertThat(models.inProduction()).hasValue(FORMER);

        registry.answer();
        restoration.recover(OTHER);
        assertRestored();
    }

    private void assertRestored() {
        assertThat(models.inProduction()).hasValue(FORMER);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(FORMER.version());
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(new ModelVersion("1"));
        assertThat(workflow.current()).isEmpty();
    }

    private void trained(Outcome.@Nullable Champion champion) {
        models.publish(ModelFixtures.constant("3", 0.25));
        workflow.keep(EXECUTION, OutcomeFixtures.outcome("3", CHALLENGER.manifestHash(), champion, 0.26));
    }

    private static ModelPointer pointer(String version, @Nullable String former) {
        return former == null
                ? ModelFixtures.pointer(version)
                : ModelFixtures.pointer(former).replacedBy(ModelFixtures.identity(version));
    }
}
