package vowcheck.adapters.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;

/// Against a server that fails so many times, then answers; what MLflow itself answers is MlflowIT's matter.
class MlflowTest {

    private static final MlflowLimits LIMITS =
            new MlflowLimits(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(4));

    private HttpServer server;
    private int failures;
    private int calls;
    private Duration delay = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls++;
            try (exchange) {
                Thread.sleep(delay);
                var body = "{\"model_version\":{\"version\":\"3\"}}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(calls <= failures ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatRecoversIsAskedAgain() {
        failures = 3;
        assertThat(mlflow().holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("3"));
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void attemptsAreBoundedAndTheCallIsNamed() {
        failures = 100;
        assertThatThrownBy(() -> mlflow().holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow refused GET registered-models/alias with status 503 after 4 attempts:");
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void aServerThatHangsIsNotWaitedForLong() {
        delay = Duration.ofSeconds(1);
        assertThatThrownBy(() -> mlflow().assign(ModelAlias.PRODUCTION, new ModelVersion("3")))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow did not answer POST registered-models/alias in 4 attempts");
    }

    @Test
    void aServerThatIsGoneIsNamed() {
        var mlflow = mlflow();
        server.stop(0);
        assertThatThrownBy(() -> mlflow.holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow did not answer GET registered-models/alias in 4 attempts");
    }

    private Mlflow mlflow() {
        return new Mlflow(
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())),
                () -> new MlflowLogin("admin", "password"),
                LIMITS,
                InstantSource.system(),
                RandomGenerator.getDefault());
    }
}
