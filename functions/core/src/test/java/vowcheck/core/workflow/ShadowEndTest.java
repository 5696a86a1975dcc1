package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.training.OutcomeFixtures;

/// Version 1 serves, and version 2 is the shadow: whatever puts version 2 into production ends it.
class ShadowEndTest {

    private static final Execution EXECUTION = new Execution("one");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final Promotion promotion = workflow.promotion(models, registry, _ -> {
        throw new WorkflowUnavailable("the service does not answer");
    });
    private final Restoration restoration = new Restoration(workflow, models, registry, workflow.audit());

    @BeforeEach
    void oneServesAndTwoIsTheShadow() {
        models.promote(ModelFixtures.constant("1", 0.1));
        models.publish(ModelFixtures.constant("2", 0.2));
        models.publish(ModelFixtures.constant("3", 0.3));
        models.shadow(ModelFixtures.shadow("2"));
    }

    @Test
    void aRollbackToTheShadowEndsIt() {
        var result =
                new Rollback(models, registry, workflow, workflow.audit()).to(ModelChoice.of("2"), workflow.order());

        assertThat(result.notes()).containsExactly("version 2 is no longer the shadow: version 2 is in production now");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions())
                .containsExactly(
                        ended("shadow_stopped-call 0", "ada"),
                        new ModelDecision(
                                "call 0",
                                ModelDecision.Kind.ROLLED_BACK,
                                "ada",
                                "a complaint",
                                ModelFixtures.identity("1"),
                                ModelFixtures.identity("2")));
    }

    @Test
    void anAliasThatIsMovedToTheShadowEndsIt() {
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("2"));

        new FollowRegistry(models, registry, workflow, workflow.audit()).follow("call", "ada");

        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions()).contains(ended("shadow_stopped-call", "ada"));
    }

    @Test
    void theShadowsPromotionEndsItOnceAlsoWhereTheStepIsRepeated() {
        trained("2");

        var result = promotion.promote(EXECUTION);
        promotion.promote(EXECUTION);

        assertThat(result.notes()).containsExactly("version 2 is no longer the shadow: version 2 is in production now");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(ends()).containsExactly(ended("shadow_stopped-promoted-one", "the training one"));
    }

    @Test
    void aShadowWhosePromotionIsTakenBackIsNotStartedAgain() {
        trained("2");
        promotion.promote(EXECUTION);

        restoration.restore(EXECUTION);

        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("1"));
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(ends()).hasSize(1);
    }

    @Test
    void aPromotionOfAnotherModelAndItsEndLeaveTheShadow() {
        trained("3");

        promotion.promote(EXECUTION);
        assertThat(models.shadow()).isEqualTo(ModelFixtures.shadow("2"));
        restoration.restore(EXECUTION);

        assertThat(models.shadow()).isEqualTo(ModelFixtures.shadow("2"));
        assertThat(ends()).isEmpty();
    }

    @Test
    void theEndOfAReplayThatPutsTheShadowsModelBackEndsTheShadow() {
        var replay = new Replay(workflow, models, registry, restoration, workflow.audit());
        models.promote(ModelFixtures.pointer("2"));
        models.shadow(NoShadow.NONE);
        replay.begin(EXECUTION, true);
        var promoted = ModelFixtures.pointer("2").replacedBy(ModelFixtures.identity("3"));
        workflow.keep(workflow.unfinished().orElseThrow().promotes(promoted, models.inProduction()));
        models.promote(promoted);
        models.shadow(ModelFixtures.shadow("2"));

        replay.end(EXECUTION);

        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("2"));
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(ends()).extracting(ModelDecision::id).containsExactly("shadow_stopped-replay_ended-one");
    }

    /// Nothing served before, so that no model is left that the shadow could score beside.
    @Test
    void theFirstPromotionThatIsTakenBackEndsAShadowThatWasStartedMeanwhile() {
        models.withdraw();
        models.shadow(NoShadow.NONE);
        workflow.keep(EXECUTION, OutcomeFixtures.outcome("3", null, 0.26));
        promotion.promote(EXECUTION);
        models.shadow(ModelFixtures.shadow("2"));

        var notes = restoration.restore(EXECUTION);

        assertThat(notes).contains("version 2 is no longer the shadow: no model is in production now");
        assertThat(models.inProduction()).isEmpty();
        assertThat(ends())
                .extracting(ModelDecision::id, ModelDecision::to)
                .containsExactly(tuple("shadow_stopped-taken_back-one", ModelFixtures.identity("2")));
    }

    @Test
    void aShadowThatCannotBeReadIsLostWithTheNextChangeOfThePointer() {
        models.shadow(new UnreadableShadow("made for a test"));

        var result =
                new Rollback(models, registry, workflow, workflow.audit()).to(ModelChoice.of("3"), workflow.order());

        assertThat(result.notes())
                .containsExactly(
                        "a model that could not be read is no longer the shadow: version 3 is in production now");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(ends()).singleElement().satisfies(end -> assertThat(end.to()).isNull());
    }

    private void trained(String version) {
        workflow.keep(
                EXECUTION,
                OutcomeFixtures.outcome(version, OutcomeFixtures.champion(ModelFixtures.identity("1"), 0.25), 0.26));
    }

    private List<ModelDecision> ends() {
        return workflow.decisions().stream()
                .filter(decision -> decision.kind() == ModelDecision.Kind.SHADOW_STOPPED)
                .toList();
    }

    private static ModelDecision ended(String id, String by) {
        return new ModelDecision(
                id,
                ModelDecision.Kind.SHADOW_STOPPED,
                by,
                "version 2 is in production now",
                ModelFixtures.identity("1"),
                ModelFixtures.identity("2"));
    }
}
