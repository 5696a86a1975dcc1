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

        assertThat(seconds(estimate, Map.of())).isEqualTo(60);
        assertThat(seconds(estimate, Map.of(UpStep.MLFLOW_PACKAGES, 40.0, UpStep.BUILD, 15.0)))
                .isEqualTo(20);
    }

    @Test
    void aSlowMachineIsNoticedAtItsFirstLongStep() {
        var estimate = new Estimate(STAGES, Map.of());

        estimate.ended(UpStep.BUILD, 4.0 * UpStep.BUILD.seconds());
        estimate.ended(UpStep.MLFLOW_PACKAGES, 4.0 * UpStep.MLFLOW_PACKAGES.seconds());

        assertThat(seconds(estimate, Map.of()) / UpStep.DEPLOYMENT.seconds()).isBetween(3.0, 4.0);
    }

    @Test
    void aShortStepThatWasDelayedOnceSaysLittle() {
        var estimate = new Estimate(STAGES, Map.of());
        double before = seconds(estimate, Map.of());

        estimate.ended(UpStep.MLFLOW_PACKAGES, 10.0 * UpStep.MLFLOW_PACKAGES.seconds());

        assertThat(seconds(estimate, Map.of()) / before).isBetween(2.0, 4.0);
    }

    @Test
    void aStepThatTakesLongerThanExpectedLeavesTheOthers() {
        var estimate =
                new Estimate(STAGES, Map.of(UpStep.MLFLOW_PACKAGES, 1.0, UpStep.BUILD, 20.0, UpStep.DEPLOYMENT, 10.0));

        assertThat(estimate.remaining(Map.of(UpStep.BUILD, 500.0))).isEqualTo(new Estimate.Remaining(11, true));
        assertThat(estimate.remaining(Map.of(UpStep.BUILD, 15.0))).isEqualTo(new Estimate.Remaining(15, false));
        estimate.ended(UpStep.BUILD, 500.0);
        assertThat(estimate.remaining(Map.of(UpStep.BUILD, 500.0)).isLate()).isFalse();
    }

    /// On the first run, it is the only sign for a long time.
    @Test
    void aStepThatStillRunsShowsThatTheMachineIsSlow() {
        var estimate = new Estimate(STAGES, Map.of());
        double shipped = seconds(estimate, Map.of(UpStep.BUILD, 1.0 * UpStep.BUILD.seconds()));

        assertThat(seconds(estimate, Map.of(UpStep.BUILD, 4.0 * UpStep.BUILD.seconds())) / shipped)
                .isBetween(2.0, 4.0);
    }

    private static double seconds(Estimate estimate, Map<UpStep, Double> running) {
        return estimate.remaining(running).seconds();
    }
}
