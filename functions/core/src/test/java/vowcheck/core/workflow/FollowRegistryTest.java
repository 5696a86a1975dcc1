package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import vowcheck.core.model.UnusableModel;

class FollowRegistryTest {

    private static final ModelVersion SEVEN = new ModelVersion("7");
    private static final ModelVersion EIGHT = new ModelVersion("8");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final FollowRegistry follow = new FollowRegistry(models, registry);

    @BeforeEach
    void sevenServes() {
        models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void theVersionWithTheAliasServes() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThat(follow.follow()).isEqualTo(EIGHT);
        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("7").replacedBy(ModelFixtures.identity("8")));
    }

    @Test
    void whereTheRegistryHasNoneWhatServesGoesOn() {
        assertThat(follow.follow()).isEqualTo(SEVEN);
    }

    @Test
    void anotherModelOfTheSameVersionIsFollowed() {
        var renumbered = renumbered(ModelFixtures.constant("9", 0.25), "7");
        models.publish(renumbered);
        registry.register(renumbered.identity());
        registry.assign(ModelAlias.PRODUCTION, renumbered.identity());

        follow.follow();

        assertThat(models.inProduction()).map(ModelPointer::model).hasValue(renumbered.identity());
    }

    private static ScoringModel renumbered(ScoringModel model, String version) {
        return new ScoringModel(model.manifest().as(new ModelVersion(version)), model.manifestHash(), model.trees());
    }

    @Test
    void aDamagedBundleDoesNotServe() {
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThatThrownBy(follow::follow).isInstanceOf(UnusableModel.class);
        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(SEVEN);
    }

    @Test
    void whoeverWasFasterStaysInProduction() {
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        models.meanwhile(() -> models.promote(ModelFixtures.constant("9", 0.25)));

        assertThatThrownBy(follow::follow)
                .isInstanceOf(ProductionChanged.class)
                .hasMessageStartingWith("production changed meanwhile: version 9 serves now, ");
        assertThat(models.inProduction()).hasValue(ModelFixtures.pointer("9"));
    }

    @Test
    void withoutTheRegistryNothingChanges() {
        registry.answerOnly(0);

        assertThatThrownBy(follow::follow).isInstanceOf(RegistryUnavailable.class);
        assertThat(models.inProduction()).map(ModelPointer::version).hasValue(SEVEN);
    }
}
