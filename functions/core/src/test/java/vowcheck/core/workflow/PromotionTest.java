package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionDecision;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.RowsAnswer.Standing;
import vowcheck.core.training.SearchedRecipe;

class PromotionTest {

    private static final Execution EXECUTION = new Execution("one");
    private static final ModelVersion FORMER = new ModelVersion("2");
    private static final ModelVersion CHALLENGER = new ModelVersion("3");
    private static final double PROBABILITY = 0.25;

    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private boolean ready = true;
    private SmokeCall.@Nullable Answer answer = answer("3", PROBABILITY);
    private final Promotion promotion = workflow.promotion(models, registry, _ -> answered());

    @Test
    void theFirstModelIsPromoted() {
        trained(null, 0.26);

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(models.inProduction()).hasValue(pointer("3", null));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(CHALLENGER);
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
        assertThat(registry.status(CHALLENGER)).hasValue(VersionStatus.PROMOTED);
    }

    @Test
    void theFormerModelIsDeprecated() {
        serving("2");
        trained("2", 0.26);

        promotion.promote(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(FORMER);
        assertThat(registry.status(FORMER)).hasValue(VersionStatus.REPLACED);
    }

    @Test
    void aPromotionIsRecordedWithItsReasons() {
        serving("2");
        trained("2", 0.26);

        var reasons = promotion.promote(EXECUTION).decision().reasons();
        promotion.promote(EXECUTION);

        assertThat(workflow.decisions())
                .containsExactly(new ModelDecision(
                        "promoted-" + EXECUTION.name(),
                        ModelDecision.Kind.PROMOTED,
                        "the training " + EXECUTION.name(),
                        String.join("; ", reasons),
                        ModelFixtures.identity("2"),
                        ModelFixtures.identity("3")));
    }

    @Test
    void aChampionThatStaysIsNoDecisionAboutProduction() {
        serving("2");
        trained("2", 0.24);

        promotion.promote(EXECUTION);

        assertThat(workflow.decisions()).isEmpty();
        assertThat(workflow.interrupted()).isEmpty();
    }

    @Test
    void theCommittedBundleIsReplacedWithoutAnAlias() {
        models.promote(ModelFixtures.constant("baseline", 0.1));
        trained("baseline", 0.26);

        promotion.promote(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("3", "baseline"));
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
    }

    @Test
    void aChampionThatIsNotBeatenStays() {
        serving("2");
        trained("2", 0.24);

        assertThat(promotion.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.KEPT);
        assertUnchanged();
        assertThat(registry.status(CHALLENGER)).hasValue(VersionStatus.NOT_BETTER);
    }

    @Test
    void aChampionThatChangedMeanwhileIsNotComparable() {
        serving("2");
        trained("1", 0.26);

        assertThat(promotion.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertUnchanged();
        assertThat(registry.status(CHALLENGER)).hasValue(VersionStatus.NOT_COMPARABLE);
    }

    /// An operator may go from one to the other while the challenger is trained.
    @Test
    void anotherModelOfTheChampionsVersionIsNotComparable() {
        serving("2");
        trained("2", 0.26);
        var renumbered = new ModelPointer(new ModelIdentity(FORMER, Sha256.of(new byte[] {1})));
        models.promote(renumbered);

        assertThat(promotion.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(models.inProduction()).hasValue(renumbered);
    }

    @Test
    void promotingAgainDecidesAsBefore() {
        serving("2");
        trained("2", 0.26);

        var first = promotion.promote(EXECUTION);

        assertThat(promotion.promote(EXECUTION)).isEqualTo(first);
        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(FORMER);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0.26, 'promoted: version 3 has average precision 0.260000 on 13363 test rows, higher than the 0.250000 of"
                + " version 2 in production; the stage''s policy, contract, decides by this comparison'",
        "2, 0.24, 'kept: version 3 has average precision 0.240000 on 13363 test rows, not higher than the 0.250000 of"
                + " version 2 in production; the stage''s policy, contract, decides by this comparison'",
        "1, 0.26, 'not comparable: version 3 was compared with version 1, but version 2 is in production'"
    })
    void theDecisionStandsWithTheVersionInTheRegistry(String champion, double averagePrecision, String description) {
        serving("2");
        trained(champion, averagePrecision);

        promotion.promote(EXECUTION);

        assertThat(registry.description(CHALLENGER)).hasValue(description);
    }

    @Test
    void aBundleThatWasTamperedWithIsNotPromoted() {
        serving("2");
        models.publish(ModelFixtures.constant("3", PROBABILITY));
        workflow.keep(EXECUTION, outcome("2", 0.26, Sha256.of(new byte[] {1})));

        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(UnusableModel.class);
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFailingRegistryLeavesProductionUnchangedAndARetryPromotes(int answered) {
        serving("2");
        trained("2", 0.26);
        registry.answerOnly(answered);

        assertThatThrownBy(() -> promotion.promote(EXECUTION)).isInstanceOf(RegistryUnavailable.class);
        assertThat(models.inProduction()).hasValue(pointer("2", null));

        registry.answer();
        promotion.promote(EXECUTION);
        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(CHALLENGER);
    }

    @Test
    void aDeletedRunOfTheFormerModelIsNotedAndTheRestIsDone() {
        serving("2");
        trained("2", 0.26);
        registry.deleteRun(FORMER);

        var result = promotion.promote(EXECUTION);

        assertThat(result.notes()).containsExactly("the run of version 2 is deleted");
        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(FORMER);
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(CHALLENGER);
    }

    @Test
    void aRegistryThatHasLostEveryVersionHindersNoPromotion() {
        serving("2");
        trained("2", 0.26);
        registry.delete(FORMER);
        registry.delete(CHALLENGER);

        var result = promotion.promote(EXECUTION);

        assertThat(result.notes())
                .containsExactly(
                        "the registry in memory has no version 2",
                        "the registry in memory has no version 2",
                        "the registry in memory has no version 3",
                        "the registry in memory has no version 3",
                        "the registry's alias production was removed, since it cannot name version 3: the registry in"
                                + " memory has no version 3");
        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        promotion.smoke(EXECUTION);
        assertThat(workflow.current()).isEmpty();
    }

    /// Otherwise, following the alias would put the former model into production again.
    @Test
    void anAliasThatCannotNameTheChallengerNamesNone() {
        serving("2");
        trained("2", 0.26);
        registry.delete(CHALLENGER);

        promotion.promote(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(FORMER);
    }

    @Test
    void anotherModelThatHasTheFormerVersionInTheRegistryIsNeitherMarkedNorNamed() {
        serving("2");
        trained("2", 0.26);
        registry.register(new ModelIdentity(FORMER, Sha256.of(new byte[] {1})));

        var result = promotion.promote(EXECUTION);

        assertThat(result.notes()).containsExactly("version 2 is another model", "version 2 is another model");
        assertThat(registry.status(FORMER)).isEmpty();
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(CHALLENGER);
    }

    @Test
    void aRefusedMarkOfAChallengerThatIsNotPromotedIsNoted() {
        serving("2");
        trained("2", 0.24);
        registry.delete(CHALLENGER);

        assertThat(promotion.promote(EXECUTION).notes()).containsOnly("the registry in memory has no version 3");
        assertUnchanged();
    }

    @Test
    void aPointerThatCannotBeReadCountsAsNone() {
        serving("2");
        models.damagePointer();
        trained(null, 0.26);

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(result.notes())
                .containsExactly("the pointer in memory cannot be read: no model counts as being in production");
        assertThat(models.inProduction()).hasValue(pointer("3", null));
    }

    @Test
    void aPointerThatIsLostDuringTheTrainingCountsAsNone() {
        serving("2");
        trained("2", 0.24);
        models.withdraw();

        assertThat(promotion.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(models.inProduction()).hasValue(pointer("3", null));
    }

    @Test
    void aRepeatedPromotionWhosePointerWasLostKeepsTheFormerModelOnRecord() {
        serving("2");
        trained("2", 0.26);
        promotion.promote(EXECUTION);
        models.damagePointer();

        promotion.promote(EXECUTION);

        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
        assertThat(workflow.current().flatMap(UnconfirmedPromotion::servedBefore))
                .hasValue(pointer("2", null));
    }

    @Test
    void aPromotionStaysRecordedUntilItsSmokeTestPasses() {
        serving("2");
        trained("2", 0.26);

        promotion.promote(EXECUTION);
        var noted = new UnconfirmedPromotion(EXECUTION, pointer("3", "2"), pointer("2", null));
        assertThat(workflow.current()).hasValue(noted);

        promotion.promote(EXECUTION);
        assertThat(workflow.current()).hasValue(noted);

        promotion.smoke(EXECUTION);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aChallengerThatIsNotPromotedIsNotRecorded() {
        serving("2");
        trained("2", 0.24);

        promotion.promote(EXECUTION);

        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aSmokeTestThatMeetsTheManifestPasses() {
        promoted();

        assertThat(promotion.smoke(EXECUTION)).isEqualTo(answer);
        assertThat(models.inProduction()).hasValue(pointer("3", "2"));
    }

    @Test
    void aSmokeTestBeforeWhatServesIsReadyIsRepeatedAndPasses() {
        promoted();
        ready = false;
        assertThatThrownBy(() -> promotion.smoke(EXECUTION)).isInstanceOf(ServingNotReady.class);
        assertThat(workflow.current()).isPresent();

        ready = true;
        assertThat(promotion.smoke(EXECUTION)).isEqualTo(answer);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void anotherProbabilityIsNotConfirmed() {
        promoted();
        answer = answer("3", PROBABILITY + 1e-8);

        assertThatThrownBy(() -> promotion.smoke(EXECUTION))
                .isInstanceOf(SmokeFailed.class)
                .hasMessageContaining("expected the manifest's 0.25");
        assertThat(workflow.current()).isPresent();
    }

    @Test
    void anotherVersionIsNotConfirmed() {
        promoted();
        answer = answer("2", PROBABILITY);

        assertThatThrownBy(() -> promotion.smoke(EXECUTION)).hasMessage("version 2 answers, expected version 3");
        assertThat(workflow.current()).isPresent();
    }

    /// It may give the same probability.
    @Test
    void anotherModelOfTheChallengersVersionIsNotConfirmed() {
        promoted();
        var renumbered = new ModelIdentity(CHALLENGER, Sha256.of(new byte[] {1}));
        answer = new SmokeCall.Answer(renumbered, PROBABILITY);

        assertThatThrownBy(() -> promotion.smoke(EXECUTION))
                .hasMessage("another model of version 3 answers: the SHA-256 of its manifest is %s, expected %s"
                        .formatted(
                                renumbered.manifestHash(),
                                ModelFixtures.identity("3").manifestHash()));
        assertThat(workflow.current()).isPresent();
    }

    @Test
    void aServiceThatDoesNotAnswerConfirmsNothing() {
        promoted();
        answer = null;

        assertThatThrownBy(() -> promotion.smoke(EXECUTION)).isInstanceOf(SmokeFailed.class);
        assertThat(workflow.current()).isPresent();
    }

    @Test
    void aPromotionThatWasTakenBackIsNotTested() {
        promoted();
        models.promote(pointer("2", null));

        assertThatThrownBy(() -> promotion.smoke(EXECUTION))
                .hasMessage("version 3 is not in production, expected it to be");
    }

    @Test
    void aDecisionThatStandsIsRememberedWithItsRows() {
        var rows = OutcomeFixtures.ROWS.digest();
        serving("2");
        trained("1", 0.26);
        promotion.promote(EXECUTION);
        assertThat(workflow.answer(rows)).as("another champion").isEmpty();

        models.publish(ModelFixtures.constant("3", PROBABILITY));
        workflow.keep(
                EXECUTION,
                OutcomeFixtures.outcome(
                        "3",
                        ModelFixtures.pointer("3").manifestHash(),
                        new Outcome.IncomparableChampion(ModelFixtures.identity("2"), "too few rows"),
                        0.26));
        promotion.promote(EXECUTION);
        assertThat(workflow.answer(rows)).hasValue(answered(Standing.NOT_COMPARABLE));

        trained("2", 0.24);
        promotion.promote(EXECUTION);
        assertThat(workflow.answer(rows)).hasValue(answered(Standing.KEPT));

        trained("2", 0.26);
        promotion.promote(EXECUTION);
        assertThat(workflow.answer(rows)).as("not confirmed yet").hasValue(answered(Standing.KEPT));

        promotion.smoke(EXECUTION);
        assertThat(workflow.answer(rows)).hasValue(answered(Standing.PROMOTED));
    }

    /// The same rows would be fitted no better.
    /// A training because of drift has the default recipe, which gives another model of the same rows.
    @Test
    void rowsOfASearchedModelThatIsKeptOutAreNotAnswered() {
        serving("2");
        var kept = OutcomeFixtures.outcome(
                "3",
                ModelFixtures.pointer("3").manifestHash(),
                new Outcome.IncomparableChampion(ModelFixtures.identity("2"), "too few rows"),
                0.26);
        workflow.keep(
                EXECUTION,
                new Outcome(
                        kept.modelVersion(),
                        kept.runId(),
                        kept.manifestHash(),
                        kept.champion(),
                        kept.averagePrecision(),
                        kept.testRows(),
                        kept.dataCutoffDate(),
                        kept.labelledRows(),
                        new SearchedRecipe(20, 7, 0.3, 0.2, new ModelCost(100, 900), new ModelCost(100, 900))));

        promotion.promote(EXECUTION);

        assertThat(workflow.answer(kept.labelledRows().digest())).isEmpty();
    }

    @Test
    void aRecipeThatCannotBeFittedOnNewPeopleIsRememberedWithItsRows() {
        serving("2");
        var fixture = OutcomeFixtures.comparison(0.25, 0, new NewPeopleComparison.NotFitted("too few people"));
        workflow.keep(
                EXECUTION,
                OutcomeFixtures.outcome(
                        "3",
                        ModelFixtures.pointer("3").manifestHash(),
                        new Outcome.MeasuredChampion(ModelFixtures.identity("2"), fixture),
                        0.26));
        var careful = new Promotion(
                workflow,
                workflow,
                workflow,
                workflow,
                models,
                registry,
                _ -> answered(),
                new PromotionRule(PromotionPolicy.CAREFUL),
                workflow.audit());

        assertThat(careful.promote(EXECUTION).decision().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(workflow.answer(OutcomeFixtures.ROWS.digest())).hasValue(answered(Standing.NOT_COMPARABLE));
    }

    @Test
    void rowsThatCannotBeRememberedFailNoPromotion() {
        AnsweredRows forgetful = new AnsweredRows() {
            @Override
            public Optional<RowsAnswer> answer(Sha256 rows) {
                return Optional.empty();
            }

            @Override
            public void keep(Sha256 rows, RowsAnswer answer) {
                throw new WorkflowUnavailable("the store does not answer");
            }

            @Override
            public void forgetAnswer(Sha256 rows) {
                throw new WorkflowUnavailable("the store does not answer");
            }
        };
        serving("2");
        trained("2", 0.26);
        var careless = new Promotion(
                workflow,
                forgetful,
                workflow,
                workflow,
                models,
                registry,
                _ -> answered(),
                new PromotionRule(PromotionPolicy.CONTRACT),
                workflow.audit());

        careless.promote(EXECUTION);
        careless.smoke(EXECUTION);

        assertThat(models.inProduction().map(ModelPointer::version)).hasValue(CHALLENGER);
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aTrainingThatTrainedNothingChangesNothing() {
        serving("2");
        workflow.keep(
                EXECUTION, new NothingNew(OutcomeFixtures.ROWS, LocalDate.of(2025, 6, 1), answered(Standing.PROMOTED)));

        var result = promotion.promote(EXECUTION);

        assertThat(result.decision())
                .isEqualTo(new PromotionDecision(
                        Verdict.NOTHING_NEW,
                        List.of(
                                "the 133,628 labelled rows before 2025-06-01 are those that version 3 was trained on by the"
                                        + " execution one; it was promoted",
                                "load newer labelled rows to retrain")));
        assertThat(result.former()).hasValue(FORMER);
        assertUnchanged();
        assertThat(workflow.current()).isEmpty();
        assertThatThrownBy(() -> promotion.smoke(EXECUTION)).isInstanceOf(SmokeFailed.class);
    }

    private static SmokeCall.Answer answer(String version, double probability) {
        return new SmokeCall.Answer(ModelFixtures.identity(version), probability);
    }

    private static RowsAnswer answered(Standing standing) {
        return new RowsAnswer(
                ModelFixtures.identity("3"), ModelFixtures.identity("2"), LocalDate.of(2025, 5, 1), "one", standing);
    }

    private void assertUnchanged() {
        assertThat(models.inProduction()).hasValue(pointer("2", null));
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(FORMER);
        assertThat(registry.holder(ModelAlias.DEPRECATED)).isEmpty();
    }

    private SmokeCall.Answer answered() {
        if (!ready) {
            throw new ServingNotReady("not ready", new IllegalStateException());
        }
        if (answer == null) {
            throw new WorkflowUnavailable("the service does not answer");
        }
        return answer;
    }

    private void promoted() {
        serving("2");
        trained("2", 0.26);
        promotion.promote(EXECUTION);
    }

    private void serving(String version) {
        models.promote(ModelFixtures.constant(version, 0.1));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity(version));
    }

    /// A challenger, version 3, that was compared with a champion of average precision 0.25.
    private void trained(@Nullable String champion, double averagePrecision) {
        models.publish(ModelFixtures.constant("3", PROBABILITY));
        workflow.keep(
                EXECUTION,
                outcome(champion, averagePrecision, ModelFixtures.pointer("3").manifestHash()));
    }

    private static Outcome outcome(@Nullable String champion, double averagePrecision, Sha256 manifestHash) {
        return OutcomeFixtures.outcome(
                "3",
                manifestHash,
                champion == null ? null : OutcomeFixtures.champion(ModelFixtures.identity(champion), 0.25),
                averagePrecision);
    }

    private static ModelPointer pointer(String version, @Nullable String former) {
        return former == null
                ? ModelFixtures.pointer(version)
                : ModelFixtures.pointer(former).replacedBy(ModelFixtures.identity(version));
    }
}
