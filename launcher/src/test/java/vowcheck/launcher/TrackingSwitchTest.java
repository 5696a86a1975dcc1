package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingSwitchTest {

    @Test
    void onlyTheServiceStackIsDeployedWithTheOtherSetting() {
        assertThat(TrackingSwitch.arguments("dev", "up", List.of("allowedAddresses=203.0.113.0/24")))
                .containsExactly(
                        "deploy",
                        "vowcheck-dev-service",
                        "--exclusively",
                        "--require-approval",
                        "never",
                        "--context",
                        "stage=dev",
                        "--context",
                        "mlflow=up",
                        "--context",
                        "allowedAddresses=203.0.113.0/24");
    }
}
