package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionDecision.Verdict;

/// Version 2 serves and has replaced version 1; version 3 was trained and rejected.
class RollbackTest {

    private static final Execution EXECUTION = new Execution("training");
    private static final ModelIdentity ONE = ModelFixtures.identity("1");
    private static final ModelIdentity TWO = ModelFixtures.identity("2");
    private static final ModelIdentity THREE = ModelFixtures.identity("3");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final Rollback rollback = new Rollback(models, registry, workflow, workflow.audit());
    private final Promotion promotion = workflow.promotion(models, registry, model -> new SmokeCall.Answer(model, 0.1));

    @BeforeEach
    void twoServesAfterOne() {
        for (var version : List.of("1", "2", "3")) {
            models.publish(ModelFixtures.constant(version, 0.1));
        }
        models.promote(new ModelPointer(ONE).replacedBy(TWO));
        registry.assign(ModelAlias.PRODUCTION, TWO);
        registry.assign(ModelAlias.DEPRECATED, ONE);
    }

    @Test
    void withoutAVersionTheFormerModelServesAgain() {
        var result = rollback.toFormer(workflow.order());

        assertThat(result.model()).isEqualTo(ONE);
        assertThat(result.replaced()).hasValue(TWO);
        assertThat(result.notes()).isEmpty();
        assertServing(ONE, TWO);
        assertThat(registry.status(ONE.version())).hasValue(VersionStatus.REINSTATED);
        assertThat(registry.status(TWO.version())).hasValue(VersionStatus.REPLACED);
    }

    @Test
    void itIsRecordedWhoMovedWhatAndWhy() {
        rollback.toFormer(new OperatorsOrder("u.1", "ada", new DecisionReason("a complaint")));

        assertThat(workflow.decisions())
                .containsExactly(
                        new ModelDecision("u.1", ModelDecision.Kind.ROLLED_BACK, "ada", "a complaint", TWO, ONE));
    }

    @Test
    void aRepairOfTheAliasesIsRecordedToo() {
        rollback.to(ModelChoice.of("2"), workflow.order());

        assertThat(workflow.decisions()).map(ModelDecision::from).containsExactly(TWO);
        assertThat(workflow.decisions()).map(ModelDecision::to).containsExactly(TWO);
    }

    @Test
    void aRefusalIsNoDecision() {
        assertThatThrownBy(() -> rollback.to(ModelChoice.of("9"), workflow.order()))
                .isInstanceOf(RollbackRefused.class);

        assertThat(workflow.decisions()).isEmpty();
        assertThat(workflow.interrupted()).isEmpty();
    }

    @Test
    void aRollbackThatWasInterruptedIsRecordedAsBegun() {
        models.readOnly(true);

        assertThatThrownBy(() -> rollback.toFormer(workflow.order())).isInstanceOf(ModelStoreUnavailable.class);
        models.readOnly(false);

        assertThat(workflow.decisions()).isEmpty();
        assertThat(workflow.interrupted()).map(ModelDecision::to).containsExactly(ONE);
    }

    @Test
    void aDatabaseThatDoesNotAnswerHoldsNothingBackAndIsTold() {
        workflow.record(false);

        var result = rollback.toFormer(workflow.order());

        assertServing(ONE, TWO);
        assertThat(result.notes())
                .containsExactly("this decision is not in the table model_decisions, but only in the log: the database"
                        + " in memory does not answer");
    }

    @Test
    void ofTwoRollbacksAtOnceOneIsRefusedAndRecordedAsBegun() {
        models.meanwhile(() -> rollback.to(ModelChoice.of("3"), workflow.order()));

        assertThatThrownBy(() -> rollback.toFormer(workflow.order())).isInstanceOf(ProductionChanged.class);

        assertServing(THREE, TWO);
        assertThat(workflow.decisions()).map(ModelDecision::to).containsExactly(THREE);
        assertThat(workflow.interrupted()).map(ModelDecision::to).containsExactly(ONE);
    }

    @Test
    void rollingBackAgainGoesForthAgain() {
        rollback.toFormer(workflow.order());
        rollback.toFormer(workflow.order());

        assertServing(TWO, ONE);
    }

    @Test
    void aVersionThatIsNamedServes() {
        rollback.to(ModelChoice.of("3"), workflow.order());

        assertServing(THREE, TWO);
    }

    @Test
    void theVersionInProductionStaysAndItsAliasesAreRepaired() {
        registry.assign(ModelAlias.PRODUCTION, THREE);
        registry.remove(ModelAlias.DEPRECATED);

        var result = rollback.to(ModelChoice.of("2"), workflow.order());

        assertThat(result.replaced()).isEmpty();
        assertServing(TWO, ONE);
    }

    @Test
    void aFormerModelWhosePointerNamesItsVersionOnlyIsFound() {
        models.promote(new ModelPointer(TWO, ONE.version(), null));

        rollback.toFormer(workflow.order());

        assertServing(ONE, TWO);
    }

    @Test
    void theBaselineServesWithoutAnAlias() {
        models.publish(ModelFixtures.constant("baseline", 0.1));

        rollback.to(ModelChoice.of("baseline"), workflow.order());

        assertThat(models.production().version()).isEqualTo(ModelVersion.BASELINE);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(TWO.version());
    }

    @Test
    void aModelThatHasReplacedNoneHasNothingToGoBackTo() {
        models.promote(new ModelPointer(TWO));

        assertRefused(
                () -> rollback.toFormer(workflow.order()),
                "version 2 is in production and has replaced no other: name the version to go back to; these can serve,"
                        + " newest first: 3, 1");
    }

    @Test
    void theOnlyModelHasNoOtherToGoBackTo() {
        var alone = new InMemoryModelStore();
        alone.publish(ModelFixtures.constant("1", 0.1));
        alone.promote(new ModelPointer(ONE));

        assertRefused(
                () -> new Rollback(alone, registry, workflow, workflow.audit()).toFormer(workflow.order()),
                "version 1 is in production, and there is no other version to go back to");
    }

    @Test
    void aMissingVersionIsRefusedWithThoseThatCanServe() {
        models.publishUnusable("4");

        assertRefused(
                () -> rollback.to(ModelChoice.of("9"), workflow.order()),
                "no model 9 is in the store; these can serve, newest first: 3, 2, 1");
    }

    @Test
    void aModelThatCannotBeUsedIsRefusedWithThoseThatCanServe() {
        models.publishUnusable("4");

        assertRefused(
                () -> rollback.to(ModelChoice.of("4"), workflow.order()),
                "version 4 cannot be used: the bundle of version 4 is damaged; these can serve, newest first: 3, 2, 1");
    }

    @Test
    void theListIsBounded() {
        for (int version = 4; version <= 40; version++) {
            models.publish(ModelFixtures.constant(String.valueOf(version), 0.1));
        }

        assertRefused(
                () -> rollback.to(ModelChoice.of("99"), workflow.order()),
                "no model 99 is in the store; these can serve, newest first: 40, 39, 38, 37, 36, 35, 34, 33, 32, 31");
    }

    @Test
    void whereNoneOfTheNewestModelsCanServeItIsSaid() {
        for (int version = 4; version < 4 + UsableModels.MOST_TRIED; version++) {
            models.publishUnusable(String.valueOf(version));
        }

        assertRefused(
                () -> rollback.to(ModelChoice.of("99"), workflow.order()),
                "no model 99 is in the store; none of the newest models can serve");
    }

    @Test
    void twoModelsOfOneVersionMustBeToldApart() {
        var renumbered = renumbered("1");
        models.publish(renumbered);
        var first = ONE.exactName();
        var second = renumbered.identity().exactName();

        assertRefused(
                () -> rollback.to(ModelChoice.of("1"), workflow.order()),
                "2 models are called 1: name one of %s, %s".formatted(second, first));

        assertThat(rollback.to(ModelChoice.of(second), workflow.order()).model())
                .isEqualTo(renumbered.identity());
        assertThat(rollback.to(ModelChoice.of(first), workflow.order()).model()).isEqualTo(ONE);
    }

    @Test
    void aListTellsModelsOfOneVersionApart() {
        var renumbered = renumbered("1");
        models.publish(renumbered);

        assertRefused(
                () -> rollback.to(ModelChoice.of("9"), workflow.order()),
                "no model 9 is in the store; these can serve, newest first: %s, 3, 2, %s"
                        .formatted(renumbered.identity().exactName(), ONE.exactName()));
    }

    @Test
    void aListNamesAModelFullyAlsoBesideAnUnusableOneOfItsVersion() {
        var renumbered = renumbered("3");
        models.publish(renumbered);
        models.publishUnusable("3");
        var named = renumbered.identity().exactName();

        assertThatThrownBy(() -> rollback.to(ModelChoice.of("9"), workflow.order()))
                .hasMessageContaining(named);
        assertThat(rollback.to(ModelChoice.of(named), workflow.order()).model()).isEqualTo(renumbered.identity());
    }

    @Test
    void aPointerThatCannotBeReadIsRepaired() {
        models.damagePointer();

        assertRefused(
                () -> rollback.toFormer(workflow.order()),
                "the pointer in memory cannot be read: name the version to go back to; these can serve, newest first: 3,"
                        + " 2, 1");
        var result = rollback.to(ModelChoice.of("1"), workflow.order());

        assertThat(result.replaced()).isEmpty();
        assertThat(models.production()).isEqualTo(new ModelPointer(ONE));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(ONE.version());
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
    }

    @Test
    void aMissingPointerIsWritten() {
        models.withdraw();

        assertRefused(
                () -> rollback.toFormer(workflow.order()),
                "no model is in production: name the version to go back to; these can serve, newest first: 3, 2, 1");
        rollback.to(ModelChoice.of("2"), workflow.order());

        assertThat(models.production()).isEqualTo(new ModelPointer(TWO));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRegistryThatDoesNotAnswerHoldsNothingBack(int answered) {
        registry.answerOnly(answered);

        var result = rollback.toFormer(workflow.order());
        registry.answer();

        assertThat(models.production()).isEqualTo(new ModelPointer(TWO).replacedBy(ONE));
        assertThat(result.notes())
                .containsExactly(
                        "the registry's aliases were not all moved, and following them could undo this: roll back"
                                + " to "
                                + ONE.exactName()
                                + " again when the registry answers (the registry in memory is out of reach)");
        rollback.to(ModelChoice.of(ONE.exactName()), workflow.order());
        assertServing(ONE, TWO);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void tagsThatTheRegistryDoesNotTakeAreTold(int answered) {
        registry.answerOnly(answered);

        var result = rollback.toFormer(workflow.order());
        registry.answer();

        assertServing(ONE, TWO);
        assertThat(result.notes())
                .containsExactly("the registry's aliases were moved, but not the tags of the versions: the registry in"
                        + " memory is out of reach");
    }

    /// Otherwise, following the alias would put the model of before into production again.
    @Test
    void anAliasThatCannotNameTheModelNamesNone() {
        registry.delete(ONE.version());

        var result = rollback.toFormer(workflow.order());

        assertThat(models.production().model()).isEqualTo(ONE);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(TWO.version());
        assertThat(result.notes())
                .first()
                .asString()
                .startsWith("the registry's alias production was removed, since it cannot name version 1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "baseline"})
    void anAliasThatTheRegistryKeepsIsToldAndHindersNothing(String version) {
        models.publish(ModelFixtures.constant("baseline", 0.1));
        registry.delete(ONE.version());
        registry.refuseRemovals();

        var result = rollback.to(ModelChoice.of(version), workflow.order());

        assertThat(models.production().model()).isEqualTo(ModelFixtures.identity(version));
        assertThat(result.notes())
                .contains("the registry's alias production may name a model that does not serve, and must not be"
                        + " followed: the registry in memory keeps its aliases");
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(TWO.version());
    }

    @Test
    void aVersionThatTheRegistryGaveToAnotherModelGetsNoAlias() {
        registry.register(renumbered("1").identity());

        rollback.toFormer(workflow.order());

        assertThat(models.production().model()).isEqualTo(ONE);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
    }

    @Test
    void aRunThatIsGoneIsToldAndHindersNothing() {
        registry.deleteRun(TWO.version());

        var result = rollback.toFormer(workflow.order());

        assertServing(ONE, TWO);
        assertThat(result.notes()).containsExactly("the run of version 2 is deleted");
    }

    @Test
    void aRollbackDuringATrainingStandsAndTheChallengerIsNotComparable() {
        trained();
        rollback.toFormer(workflow.order());

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertServing(ONE, TWO);
    }

    /// The promotion's alias `production` is moved after the rollback's.
    @Test
    void aRollbackWhileAPromotionUpdatesTheRegistryStands() {
        trained();
        registry.meanwhile(() -> rollback.toFormer(workflow.order()));

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision())
                .isEqualTo(new PromotionDecision(
                        Verdict.NOT_COMPARABLE,
                        List.of("version 1 was put into production while version 3 was being promoted, and stays")));
        assertThat(result.former()).hasValue(ONE.version());
        assertServing(ONE, TWO);
        assertThat(registry.status(ONE.version())).hasValue(VersionStatus.REINSTATED);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.NOT_COMPARABLE);
        assertThat(workflow.current()).isEmpty();
    }

    /// Between the promotion's last reading of the pointer and its write.
    @Test
    void aRollbackAtTheLastMomentStands() {
        trained();
        models.meanwhile(() -> rollback.toFormer(workflow.order()));

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertServing(ONE, TWO);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.NOT_COMPARABLE);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aPromotionWithinARollbackStandsAndTheRollbackIsRefused() {
        trained();
        models.meanwhile(() -> promotion.promote(EXECUTION));

        assertThatThrownBy(() -> rollback.toFormer(workflow.order()))
                .isInstanceOf(ProductionChanged.class)
                .hasMessage("production changed meanwhile: version 3 serves now, and this call has changed nothing;"
                        + " repeat it if you still want to");

        assertServing(THREE, TWO);
    }

    @Test
    void aPointerThatVanishesAtTheLastMomentIsWrittenByThePromotion() {
        trained();
        models.meanwhile(models::withdraw);

        assertThat(promotion.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.PROMOTED);

        assertServing(THREE, TWO);
    }

    @Test
    void aPromotionThatWasInterruptedBeforeItSawTheRollbackPutsTheAliasesRightWhenItIsRepeated() {
        trained();
        registry.meanwhile(() -> {
            rollback.toFormer(workflow.order());
            registry.answerOnly(0);
        });
        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(RegistryUnavailable.class);
        registry.answer();
        registry.assign(ModelAlias.PRODUCTION, THREE);

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertServing(ONE, TWO);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aRollbackBeforeTheSmokeCallStandsAndTheChallengerIsTakenBack() {
        trained();
        promotion.promote(EXECUTION);
        assertServing(THREE, TWO);

        rollback.toFormer(workflow.order());
        assertThatThrownBy(() -> promotion.smoke(EXECUTION)).isInstanceOf(SmokeFailed.class);
        new Restoration(workflow, models, registry, workflow.audit()).restore(EXECUTION);

        assertServing(TWO, THREE);
        assertThat(registry.status(THREE.version())).hasValue(VersionStatus.TAKEN_BACK);
        assertThat(registry.description(THREE.version()))
                .hasValue("taken back: the execution training promoted it and did not confirm it");
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aRollbackToAChallengerThatIsNotConfirmedStands() {
        trained();
        promotion.promote(EXECUTION);
        rollback.toFormer(workflow.order());
        assertThat(workflow.current()).as("decided about another model").isPresent();

        assertThat(rollback.to(ModelChoice.of("3"), workflow.order()).notes()).isEmpty();
        new Restoration(workflow, models, registry, workflow.audit()).recover(new Execution("next"));

        assertServing(THREE, TWO);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aChallengerThatServesAlreadyIsConfirmedByARollbackToIt() {
        trained();
        promotion.promote(EXECUTION);

        rollback.to(ModelChoice.of("3"), workflow.order());
        new Restoration(workflow, models, registry, workflow.audit()).restore(EXECUTION);

        assertServing(THREE, TWO);
    }

    @Test
    void aRecordThatCannotBeReadIsToldAndHoldsNothingBack() {
        UnconfirmedPromotions outOfReach = new UnconfirmedPromotions() {
            @Override
            public Optional<UnconfirmedPromotion> current() {
                throw new WorkflowUnavailable("the store does not answer");
            }

            @Override
            public void keep(UnconfirmedPromotion promotion) {
                throw new WorkflowUnavailable("the store does not answer");
            }

            @Override
            public void forget() {
                throw new WorkflowUnavailable("the store does not answer");
            }
        };

        assertThat(new Rollback(models, registry, outOfReach, workflow.audit())
                        .to(ModelChoice.of("3"), workflow.order())
                        .notes())
                .containsExactly("if version 3 is a challenger that is not confirmed, the next training takes it back:"
                        + " roll back to it again later (the store does not answer)");
        workflow.damage();
        assertThat(rollback.to(ModelChoice.of("1"), workflow.order()).notes()).containsExactly("the record is damaged");
        assertServing(ONE, THREE);
    }

    @Test
    void aStoreThatDoesNotWriteChangesNothing() {
        models.readOnly(true);

        assertThatThrownBy(() -> rollback.toFormer(workflow.order())).isInstanceOf(ModelStoreUnavailable.class);
        models.readOnly(false);

        assertServing(TWO, ONE);
    }

    @ParameterizedTest
    @CsvSource({"1@, ''", "1@xyz, xyz"})
    void aChoiceOfOtherDigitsIsRefused(String text, String digits) {
        assertThatThrownBy(() -> ModelChoice.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' after the version, expected 1 to 64 hexadecimal digits".formatted(digits));
    }

    @Test
    void digitsInCapitalsNameTheSameModel() {
        var digits = ONE.manifestHash().hex().substring(0, 20);

        assertThat(ModelChoice.of("1@" + digits.toUpperCase(Locale.ROOT))).isEqualTo(ModelChoice.of("1@" + digits));
    }

    /// A training has made version 3 and compared it with version 2.
    private void trained() {
        workflow.keep(EXECUTION, OutcomeFixtures.outcome("3", OutcomeFixtures.champion(TWO, 0.25), 0.26));
    }

    private void assertServing(ModelIdentity model, ModelIdentity former) {
        assertThat(models.production()).isEqualTo(new ModelPointer(former).replacedBy(model));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(model.version());
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(former.version());
    }

    private void assertRefused(ThrowingCallable call, String sentence) {
        assertThatThrownBy(call).isInstanceOf(RollbackRefused.class).hasMessage(sentence);
    }

    /// Another model of a version, as a registry gives it that counts from 1 again.
    private static ScoringModel renumbered(String version) {
        var model = ModelFixtures.constant(version, 0.1);
        return new ScoringModel(model.manifest(), Sha256.of(new byte[] {1}), model.trees());
    }
}
