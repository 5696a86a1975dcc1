package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final List<List<List<UpStep>>> STAGES = List.of(
            List.of(List.of(UpStep.MLFLOW_PACKAGES), List.of(UpStep.BUILD)), List.of(List.of(UpStep.DEPLOYMENT)));

    @Test
    void theLongestChainOfAStageCounts() {
        var estimate =
                new Estimate(STAGES, Map.of(UpStep.MLFLOW_PACKAGES, 50.0, UpStep.BUILD, 20.0, UpStep.DEPLOYMENT, 10.0));

        assertThat(estimate.remaining(Map.of())).isEqualTo(60);
        assertThat(estimate.remaining(Map.of(UpStep.MLFLOW_PACKAGES, 40.0, UpStep.BUILD, 15.0)))
                .isEqualTo(20);
    }

    @Test
    void aSlowMachineIsNoticedAtItsFirstLongStep() {
        var estimate = new Estimate(STAGES, Map.of());

        estimate.ended(UpStep.BUILD, 4.0 * UpStep.BUILD.seconds());
        estimate.ended(UpStep.MLFLOW_PACKAGES, 4.0 * UpStep.MLFLOW_PACKAGES.seconds());

        assertThat(estimate.remaining(Map.of()) / UpStep.DEPLOYMENT.seconds()).isBetween(3.0, 4.0);
    }

    @Test
    void aShortStepThatWasDelayedOnceSaysLittle() {
        var estimate = new Estimate(STAGES, Map.of());
        double before = estimate.remaining(Map.of());

        estimate.ended(UpStep.MLFLOW_PACKAGES, 10.0 * UpStep.MLFLOW_PACKAGES.seconds());

        assertThat(estimate.remaining(Map.of()) / before).isBetween(2.0, 4.0);
    }

    @Test
    void aStepThatTakesLongerThanExpectedLeavesTheOthers() {
        var estimate =
                new Estimate(STAGES, Map.of(UpStep.MLFLOW_PACKAGES, 1.0, UpStep.BUILD, 20.0, UpStep.DEPLOYMENT, 10.0));

        assertThat(estimate.remaining(Map.of(UpStep.BUILD, 500.0))).isEqualTo(11);
    }
}
