package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

class OperationsHandlerTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final OperationsHandler handler = new OperationsHandler(
            new FollowRegistry(models, registry),
            new RequestIds(new SecureRandom()),
            new RefusalMetrics(
                    new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), new MovableClock()));

    @Test
    void updateModelNamesTheVersionThatServes() {
        models.promote(ModelFixtures.constant("7", 0.25));

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .isEqualTo("{\"message\":\"version 7 is intact and in production\",\"model_version\":\"7\"}");
    }

    @Test
    void updateModelFollowsTheRegistrysAlias() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThat(updateModel().getBody()).contains("\"model_version\":\"8\"");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("8"));
    }

    @Test
    void updateModelSaysThatMlflowDoesNotAnswer() {
        models.promote(ModelFixtures.constant("7", 0.25));
        registry.answerOnly(0);

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).contains("MLflow does not answer");
        var line = MetricLines.read(
                        lines.toString(StandardCharsets.UTF_8).lines().toList())
                .getFirst();
        assertThat(line.get("Refused").asInt()).isEqualTo(1);
        assertThat(line.get("reason").asString()).isEqualTo("unavailable");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("7"));
    }

    @Test
    void updateModelSaysThatNoTrainingMadeTheVersionWithTheAlias() {
        models.promote(ModelFixtures.constant("7", 0.25));
        registry.assignByHand(ModelAlias.PRODUCTION, new ModelVersion("13"));

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getHeaders()).doesNotContainKey("Retry-After");
        assertThat(answer.getBody()).contains("version 13 has no hash: no training made it");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("7"));
    }

    @Test
    void updateModelSaysThatThePointerCannotBeRead() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.damagePointer();

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the pointer in memory cannot be read");
    }

    @Test
    void updateModelRefusesADamagedBundle() {
        models.promoteUnusable("8");

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the bundle of version 8 is damaged");
    }

    @Test
    void updateModelSaysThatNoModelIsInProduction() {
        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the pointer in memory is missing");
    }

    private APIGatewayProxyResponseEvent updateModel() {
        return Events.called(handler, Events.parsed("operations_handler.json", APIGatewayProxyRequestEvent.class));
    }
}
