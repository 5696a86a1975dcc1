package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.VersionStatus;

class FollowRegistryTest {

    private static final ModelVersion SEVEN = new ModelVersion("7");
    private static final ModelVersion EIGHT = new ModelVersion("8");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final FollowRegistry follow = new FollowRegistry(models, registry, workflow, workflow.audit());

    @BeforeEach
    void sevenServes() {
        models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void theVersionWithTheAliasServes() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThat(follow.follow("call", "ada"))
                .isEqualTo(new FollowRegistry.Result(ModelFixtures.identity("8"), List.of()));
        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("7").replacedBy(ModelFixtures.identity("8")));
    }

    @Test
    void whereTheRegistryHasNoneWhatServesGoesOn() {
        assertThat(follow.follow("call", "ada").model().version()).isEqualTo(SEVEN);
    }

    @Test
    void anotherModelOfTheSameVersionIsFollowed() {
        var renumbered = renumbered(ModelFixtures.constant("9", 0.25), "7");
        models.publish(renumbered);
        registry.register(renumbered.identity());
        registry.assign(ModelAlias.PRODUCTION, renumbered.identity());

        follow.follow("call", "ada");

        assertThat(models.inProduction()).map(ModelPointer::model).hasValue(renumbered.identity());
    }

    private static ScoringModel renumbered(ScoringModel model, String version) {
        return new ScoringModel(model.manifest().as(new ModelVersion(version)), model.manifestHash(), model.trees());
    }

    /// As a rollback moves it.
    @Test
    void theReplacedVersionIsDeprecatedAndTheMoveIsRecorded() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        follow.follow("u.1", "ada");

        assertThat(registry.holder(ModelAlias.DEPRECATED)).hasValue(SEVEN);
        assertThat(registry.status(EIGHT)).hasValue(VersionStatus.REINSTATED);
        assertThat(registry.status(SEVEN)).hasValue(VersionStatus.REPLACED);
        assertThat(workflow.decisions())
                .containsExactly(new ModelDecision(
                        "u.1",
                        ModelDecision.Kind.ALIAS_FOLLOWED,
                        "ada",
                        "the registry's alias production names it",
                        ModelFixtures.identity("7"),
                        ModelFixtures.identity("8")));
    }

    @Test
    void whatServesAlreadyIsNoDecision() {
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("7"));

        follow.follow("call", "ada");

        assertThat(workflow.decisions()).isEmpty();
        assertThat(workflow.interrupted()).isEmpty();
    }

    @Test
    void aVersionThatNoTrainingMadeIsRefusedWithThoseThatCanServe() {
        registry.assignByHand(ModelAlias.PRODUCTION, new ModelVersion("13"));

        assertThatThrownBy(() -> follow.follow("call", "ada"))
                .isInstanceOf(RollbackRefused.class)
                .hasMessage("the registry's alias production names version 13, which cannot serve: version 13 has no"
                        + " hash: no training made it; these can serve, newest first: 7");
    }

    @Test
    void aDamagedBundleDoesNotServe() {
        models.publishUnusable("8");
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThatThrownBy(() -> follow.follow("call", "ada"))
                .isInstanceOf(RollbackRefused.class)
                .hasMessageEndingWith("; these can serve, newest first: 7");
        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(SEVEN);
    }

    /// As a rollback to it does.
    @Test
    void aChallengerThatAnOperatorPutsIntoProductionIsNotTakenBack() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        unconfirmed("8");
        // Somebody has rolled back since.
        models.promote(ModelFixtures.pointer("8").replacedBy(ModelFixtures.identity("7")));

        assertThat(follow.follow("call", "ada").notes()).isEmpty();
        new Restoration(workflow, models, registry, workflow.audit()).recover(new Execution("next"));

        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(EIGHT);
    }

    /// Between the promotion's update of the alias and its pointer.
    @Test
    void aChallengerWhosePromotionIsBeingMadeIsStillTakenBackWhenItIsNotConfirmed() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        unconfirmed("8");

        follow.follow("call", "ada");
        new Restoration(workflow, models, registry, workflow.audit()).restore(new Execution("one"));

        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("7"));
    }

    /// The promotion itself has moved the alias: the call only checks.
    @Test
    void aChallengerThatServesAlreadyIsStillTakenBackWhenItIsNotConfirmed() {
        var seven = ModelFixtures.pointer("7");
        models.publish(ModelFixtures.constant("8", 0.25));
        models.promote(seven.replacedBy(ModelFixtures.identity("8")));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        unconfirmed("8");

        assertThat(follow.follow("call", "ada").model()).isEqualTo(ModelFixtures.identity("8"));
        new Restoration(workflow, models, registry, workflow.audit()).restore(new Execution("one"));

        assertThat(models.inProduction()).hasValue(seven);
    }

    @Test
    void aRecordThatCannotBeReadIsToldAndHoldsNothingBack() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        workflow.damage();

        assertThat(follow.follow("call", "ada").notes()).containsExactly("the record is damaged");
        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(EIGHT);
    }

    private void unconfirmed(String challenger) {
        var seven = ModelFixtures.pointer("7");
        workflow.keep(new UnconfirmedPromotion(
                new Execution("one"), seven.replacedBy(ModelFixtures.identity(challenger)), seven));
    }

    @Test
    void whoeverWasFasterStaysInProduction() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        models.meanwhile(() -> models.promote(ModelFixtures.constant("9", 0.25)));

        assertThatThrownBy(() -> follow.follow("call", "ada"))
                .isInstanceOf(ProductionChanged.class)
                .hasMessageStartingWith("production changed meanwhile: version 9 serves now, ");
        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("9"));
    }

    @Test
    void withoutTheRegistryNothingChanges() {
        registry.answerOnly(0);

        assertThatThrownBy(() -> follow.follow("call", "ada")).isInstanceOf(RegistryUnavailable.class);
        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(SEVEN);
    }
}
