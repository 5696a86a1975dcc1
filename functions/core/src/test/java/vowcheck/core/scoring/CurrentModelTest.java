package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.UnusableModel;

class CurrentModelTest {

    private static final Duration REFRESH_AGE = Duration.ofSeconds(30);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final MovableClock clock = new MovableClock();
    private final CurrentModel currentModel = new CurrentModel(models, REFRESH_AGE, clock);

    @Test
    void withoutAModelInProductionNoneServesAndTheRefusalSaysWhy() {
        assertThatThrownBy(currentModel::model).isInstanceOf(UnusableModel.class);

        assertThat(currentModel.refusal()).hasValue(new CurrentModel.Refusal(null, "the pointer in memory is missing"));
    }

    @Test
    void aModelThatCannotBeUsedIsRefusedByAProcessWithoutAModel() {
        models.promoteUnusable("2");

        assertThatThrownBy(currentModel::model).isInstanceOf(UnusableModel.class);

        assertThat(currentModel.refusal())
                .hasValue(new CurrentModel.Refusal(new ModelVersion("2"), "the bundle of version 2 is damaged"));
        assertThat(currentModel.loaded()).isEmpty();
    }

    @Test
    void aStoreOutOfReachRefusesNothing() {
        models.reachable(false);

        assertThatThrownBy(currentModel::model).isInstanceOf(ModelStoreUnavailable.class);

        assertThat(currentModel.refusal()).isEmpty();
    }

    @Test
    void aPointerThatDisappearsIsRefusedWhileTheModelServes() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        models.withdraw();

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(servingVersion()).isEqualTo("1");
        assertThat(currentModel.refusal()).map(CurrentModel.Refusal::version).isEmpty();
        assertThat(currentModel.refusal())
                .map(CurrentModel.Refusal::reason)
                .hasValue("the pointer in memory is missing");
    }

    @Test
    void aRefusalIsOverWhenTheSameModelIsInProductionAgain() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        var pointer = models.production();
        models.withdraw();
        clock.pass(REFRESH_AGE.multipliedBy(2));
        currentModel.model();
        models.promote(pointer);

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(servingVersion()).isEqualTo("1");
        assertThat(currentModel.refusal()).isEmpty();
    }

    @Test
    void aPromotedModelServesAfterTheRefreshAge() {
        models.promote(ModelFixtures.constant("1", 0.1));
        assertThat(servingVersion()).isEqualTo("1");
        models.promote(ModelFixtures.constant("2", 0.2));

        clock.pass(REFRESH_AGE);
        assertThat(servingVersion()).isEqualTo("1");
        clock.pass(Duration.ofMillis(1));
        assertThat(servingVersion()).isEqualTo("2");
    }

    @Test
    void aProcessThatWasStoppedAsksTheStoreAgain() {
        models.promote(ModelFixtures.constant("1", 0.1));
        assertThat(servingVersion()).isEqualTo("1");
        models.promote(ModelFixtures.constant("2", 0.2));

        currentModel.checkAgain();

        assertThat(servingVersion()).isEqualTo("2");
    }

    @Test
    void anUnchangedPointerKeepsTheLoadedModel() {
        models.promote(ModelFixtures.constant("1", 0.1));
        var loaded = currentModel.model();

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(currentModel.model()).isSameAs(loaded);
    }

    @Test
    void theModelContinuesToServeWhileTheStoreIsOutOfReach() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        models.reachable(false);

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(servingVersion()).isEqualTo("1");
    }

    @Test
    void theModelContinuesToServeWhenTheNextOneCannotBeUsed() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        models.promoteUnusable("2");

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(servingVersion()).isEqualTo("1");
    }

    @Test
    void aModelThatCannotBeUsedIsTriedAgain() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        models.promoteUnusable("2");
        clock.pass(REFRESH_AGE.multipliedBy(2));
        currentModel.model();
        models.promote(ModelFixtures.constant("2", 0.2));

        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(servingVersion()).isEqualTo("2");
    }

    @Test
    void theShadowIsThatOfThePointerWhenItWasLastRead() {
        models.promote(ModelFixtures.constant("1", 0.1));
        currentModel.model();
        assertThat(currentModel.shadow()).isEqualTo(NoShadow.NONE);
        models.shadow(ModelFixtures.shadow("2"));

        clock.pass(REFRESH_AGE);
        currentModel.model();
        assertThat(currentModel.shadow()).isEqualTo(NoShadow.NONE);
        clock.pass(Duration.ofMillis(1));
        currentModel.model();
        assertThat(currentModel.shadow()).isEqualTo(ModelFixtures.shadow("2"));
        models.reachable(false);
        clock.pass(REFRESH_AGE.multipliedBy(2));
        currentModel.model();
        assertThat(currentModel.shadow()).isEqualTo(ModelFixtures.shadow("2"));
    }

    private String servingVersion() {
        return currentModel.model().manifest().version().value();
    }
}
