package vowcheck.core.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;

class ModelProbeTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final ModelProbe probe = new ModelProbe(models);

    @Test
    void theModelInProductionIsLoaded() {
        models.promote(ModelFixtures.constant("7", 0.25));

        assertThat(probe.look()).isEqualTo(new ReadinessFinding.UsableModel(new ModelVersion("7")));
    }

    @Test
    void aBundleThatIsLostAfterItWasLoadedIsNoticed() {
        var model = ModelFixtures.constant("7", 0.25);
        models.promote(model);
        probe.look();
        models.lose(model.identity());

        assertNotReady("of version 7 is in production but cannot be used: ");
    }

    @Test
    void aMissingOrDamagedPointerIsNoticed() {
        assertNotReady("in production is not known: the pointer in memory is missing");
        models.promote(ModelFixtures.constant("7", 0.25));
        models.damagePointer();
        assertNotReady("in production is not known: ");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoticed() {
        models.reachable(false);

        assertNotReady("cannot be read: its store does not answer, or refuses");
    }

    private void assertNotReady(String reason) {
        assertThatThrownBy(probe::look).isInstanceOf(NotReady.class).hasMessageStartingWith(reason);
    }
}
