package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessProbe;

class ReadinessCallTest {

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void aModelIsInProduction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void whereEverythingWorksEachPartHasItsFigures() {
        service.queueDepth = () -> new ReadinessFinding.QueueDepth(3, 1);

        var answer = readiness("GET");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.getBody()).isEqualTo("""
                {"status":"ok","checks":{\
                "model":{"status":"ok","model_version":"7","milliseconds":0},\
                "database":{"status":"ok","schema_version":9,"milliseconds":0},\
                "queue":{"status":"ok","waiting":3,"dead_letters":1,"milliseconds":0}}}""");
    }

    @Test
    void aPartThatFailsIsNamedWithItsReason() {
        service.database = () -> {
            throw new NotReady("accepts no writes");
        };

        var answer = readiness("GET");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getHeaders()).containsEntry("Cache-Control", "no-store");
        var body = JsonDocument.parse(answer.getBody());
        assertThat(body.text("status")).isEqualTo("failing");
        var database = body.document("checks").document("database");
        assertThat(database.text("status")).isEqualTo("failing");
        assertThat(database.text("reason")).isEqualTo("the database accepts no writes");
        assertThat(body.document("checks").document("queue").text("status")).isEqualTo("ok");
    }

    /// The environment still serves version 7.
    @Test
    void aDamagedBundleOrPointerFailsAlthoughTheFormerModelServes() {
        assertThat(service.predict(Map.of()).getStatusCode()).isEqualTo(200);
        service.models.promoteUnusable("8");

        assertThat(reasonOfTheModel())
                .isEqualTo("the model of version 8 is in production but cannot be used:"
                        + " the bundle of version 8 is damaged");
        service.models.damagePointer();
        assertThat(reasonOfTheModel()).startsWith("the model in production is not known: ");
        service.models.withdraw();
        assertThat(reasonOfTheModel()).startsWith("the model in production is not known: ");
        assertThat(service.predict(Map.of()).getHeaders()).containsEntry("X-Model-Version", "7");
    }

    @Test
    void everyCallLooksAgain() {
        assertThat(readiness("GET").getStatusCode()).isEqualTo(200);
        service.models.reachable(false);
        assertThat(readiness("GET").getStatusCode()).isEqualTo(503);
        service.models.reachable(true);
        assertThat(readiness("GET").getStatusCode()).isEqualTo(200);
    }

    @Test
    void headHasTheStatusOfGet() {
        assertThat(readiness("HEAD").getStatusCode()).isEqualTo(200);
        service.models.reachable(false);
        assertThat(readiness("HEAD").getStatusCode()).isEqualTo(503);
        assertThat(readiness("HEAD").getBody()).isEmpty();
    }

    @Test
    @Timeout(5)
    void anAnswerComesWithinFiveSecondsAlsoWhenPartsHang() {
        ReadinessProbe hangs = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("given up", e);
            }
            throw new AssertionError("never");
        };
        service.database = hangs;
        service.queueDepth = hangs;

        var answer = readiness("GET");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody())
                .contains("the database did not answer within 4000 milliseconds")
                .contains("the queue did not answer within 4000 milliseconds");
    }

    @Test
    void itStoresAndCountsNothing() {
        readiness("GET");
        service.models.reachable(false);
        readiness("GET");

        assertThat(service.metricLines()).isEmpty();
        assertThat(service.log.requests()).isEmpty();
    }

    private String reasonOfTheModel() {
        var answer = readiness("GET");
        assertThat(answer.getStatusCode()).isEqualTo(503);
        return JsonDocument.parse(answer.getBody())
                .document("checks")
                .document("model")
                .text("reason");
    }

    private APIGatewayProxyResponseEvent readiness(String method) {
        return Events.called(
                service.handler,
                new APIGatewayProxyRequestEvent().withHttpMethod(method).withResource("/operations/readiness"));
    }
}
