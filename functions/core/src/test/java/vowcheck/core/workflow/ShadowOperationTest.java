package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.model.ShadowStart;
import vowcheck.core.model.UnusableModel;

class ShadowOperationTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");
    private static final ModelChoice TWO = ModelChoice.of("2");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final ShadowOperation operation = new ShadowOperation(models, workflow.audit(), () -> NOW);

    @BeforeEach
    void oneServesAndTwoWasNotPromoted() {
        models.promote(ModelFixtures.constant("1", 0.1));
        models.publish(ModelFixtures.constant("2", 0.2));
    }

    @Test
    void aModelThatWasNotPromotedBecomesTheShadow() {
        var result = operation.start(TWO, workflow.order());

        assertThat(models.shadow())
                .isEqualTo(new NamedShadow(ModelFixtures.identity("2"), new ShadowStart(NOW, "ada", "a complaint")))
                .isEqualTo(result.shadow());
        assertThat(result.former()).isEmpty();
        var decision = workflow.decisions().getFirst();
        assertThat(decision.kind().fieldValue()).isEqualTo("shadow_started");
        assertThat(decision.decidedBy()).isEqualTo("ada");
        assertThat(decision.from()).isEqualTo(ModelFixtures.identity("1"));
        assertThat(decision.to()).isEqualTo(ModelFixtures.identity("2"));
    }

    @Test
    void anotherModelTakesTheShadowsPlace() {
        models.publish(ModelFixtures.constant("3", 0.3));
        operation.start(TWO, workflow.order());

        var result = operation.start(ModelChoice.of("3"), workflow.order());

        assertThat(result.former()).hasValue(ModelFixtures.identity("2"));
        assertThat(models.serving().shadow()).isEqualTo(result.shadow());
    }

    @Test
    void theShadowIsNotStartedAnew() {
        operation.start(TWO, workflow.order());

        operation.start(TWO, workflow.order());

        assertThat(workflow.decisions()).hasSize(1);
    }

    @Test
    void theModelInProductionIsRefused() {
        assertThatThrownBy(() -> operation.start(ModelChoice.of("1"), workflow.order()))
                .isInstanceOf(RollbackRefused.class)
                .hasMessageContaining("version 1 is in production");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
    }

    @Test
    void aModelThatIsMissingOrCannotBeUsedIsRefusedWithThoseThatCan() {
        models.publishUnusable("4");

        assertThatThrownBy(() -> operation.start(ModelChoice.of("4"), workflow.order()))
                .isInstanceOf(RollbackRefused.class)
                .hasMessageContaining("the bundle of version 4 is damaged; these can serve, newest first: 2, 1");
        assertThatThrownBy(() -> operation.start(ModelChoice.of("9"), workflow.order()))
                .isInstanceOf(RollbackRefused.class)
                .hasMessageContaining("no model 9 is in the store");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions()).isEmpty();
    }

    @Test
    void withoutAModelInProductionThereIsNoShadow() {
        models.withdraw();

        assertThatThrownBy(() -> operation.start(TWO, workflow.order())).isInstanceOf(UnusableModel.class);
    }

    @Test
    void anOperatorWhoWasSlowerThanAPromotionIsRefused() {
        models.meanwhile(() -> models.promote(ModelFixtures.constant("3", 0.3)));

        assertThatThrownBy(() -> operation.start(TWO, workflow.order())).isInstanceOf(ProductionChanged.class);
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions()).isEmpty();
    }

    @Test
    void theShadowEnds() {
        operation.start(TWO, workflow.order());

        var result = operation.stop(workflow.order());

        assertThat(models.shadow()).isEqualTo(NoShadow.NONE).isEqualTo(result.shadow());
        assertThat(result.former()).hasValue(ModelFixtures.identity("2"));
        assertThat(workflow.decisions().getLast().kind().fieldValue()).isEqualTo("shadow_stopped");
        operation.stop(workflow.order());
        assertThat(workflow.decisions()).as("there was none any more").hasSize(2);
    }

    @Test
    void aShadowThatCannotBeReadEnds() {
        models.shadow(new UnreadableShadow("made for a test"));

        operation.stop(workflow.order());

        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions().getFirst().to()).isNull();
    }

    @Test
    void anOperatorWhoEndsAShadowThatAnotherHasReplacedMeanwhileIsRefused() {
        models.publish(ModelFixtures.constant("3", 0.3));
        operation.start(TWO, workflow.order());
        var three = ModelFixtures.shadow("3");
        models.meanwhile(() -> models.shadow(three));

        assertThatThrownBy(() -> operation.stop(workflow.order()))
                .isInstanceOf(ShadowChanged.class)
                .hasMessage(
                        "the shadow changed meanwhile: version 3 is the shadow now, started by ada, and this call has"
                                + " changed nothing; repeat it if you still want to");
        assertThat(models.shadow()).isEqualTo(three);
        assertThat(workflow.decisions()).hasSize(1);
    }

    @Test
    void anOperatorWhoStartsAShadowBesideAnotherOperatorIsRefused() {
        models.publish(ModelFixtures.constant("3", 0.3));
        var three = ModelFixtures.shadow("3");
        models.meanwhile(() -> models.shadow(three));

        assertThatThrownBy(() -> operation.start(TWO, workflow.order())).isInstanceOf(ShadowChanged.class);
        assertThat(models.shadow()).isEqualTo(three);
    }

    @Test
    void anOperatorWhoReplacesAShadowThatAnotherEndsMeanwhileIsRefused() {
        models.publish(ModelFixtures.constant("3", 0.3));
        operation.start(TWO, workflow.order());
        models.meanwhile(() -> models.shadow(NoShadow.NONE));

        assertThatThrownBy(() -> operation.start(ModelChoice.of("3"), workflow.order()))
                .isInstanceOf(ShadowChanged.class)
                .hasMessageContaining("no model is the shadow now");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
    }

    /// Both want the same, and a call whose answer was lost may be repeated.
    @Test
    void twoOperatorsWhoEndTheShadowAtOnceBothSucceed() {
        operation.start(TWO, workflow.order());
        models.meanwhile(() -> models.shadow(NoShadow.NONE));

        assertThat(operation.stop(workflow.order()).shadow()).isEqualTo(NoShadow.NONE);
    }
}
