package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiAddressTest {

    private static final Deployment DEPLOYMENT = new Deployment(_ -> Map.of(
            "RestApiId", "a1b2c3",
            "ApiStageName", "v1",
            "ApiUrl", "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1/",
            "MlflowPath", "mlflow"));

    @Test
    void onAwsTheApiHasAHostNameOfItsOwn() {
        var address = new ApiAddress.OnAws(DEPLOYMENT);

        assertThat(address.url()).isEqualTo("https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1");
        assertThat(address.mlflowTrackingUri()).isEqualTo(address.url() + "/mlflow");
        assertThat(address.mlflowPages()).isEqualTo(address.url() + "/mlflow/");
    }

    @Test
    void atAnEndpointTheApiIsAPath() {
        var address = new ApiAddress.AtEndpoint(DEPLOYMENT, URI.create("http://127.0.0.1:4566"));

        assertThat(address.url()).isEqualTo("http://127.0.0.1:4566/_aws/execute-api/a1b2c3/v1");
        assertThat(address.mlflowTrackingUri()).isEqualTo(address.url() + "/mlflow");
        assertThat(address.mlflowPages()).isEqualTo("http://a1b2c3.execute-api.localhost:4566/v1/mlflow/");
    }
}
