package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;

/// An API key from its end on, while API Gateway still has it.
class EndedKeyTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void theClerksKeyEndsInADay() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
        service.keyEnds.put(
                ServiceInMemory.key(ClientName.CLERKS).id(),
                service.clock.instant().plus(DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /predict",
        "POST, /batch_predict",
        "GET, /predictions/{request_id}",
        "HEAD, /predictions/{request_id}",
        "GET, /model-info",
        "HEAD, /model-info"
    })
    void noCallAcceptsIt(String method, String resource) {
        service.clock.pass(DAY);

        assertThat(service.answer(call(method, resource)).getStatusCode()).isEqualTo(403);
        assertThat(service.log.requests()).isEmpty();
    }

    @Test
    void theAnswerSaysSinceWhenAndWhatToDo() {
        service.clock.pass(DAY);

        var problem = JsonDocument.parse(service.predict(Map.of()).getBody());

        assertThat(problem.text("detail"))
                .isEqualTo(
                        "the API key was valid until %s: use the client's new key".formatted(service.clock.instant()));
        assertThat(MetricLines.read(service.metricLines()))
                .extracting(line -> line.get("reason").asString())
                .containsExactly("forbidden");
    }

    @Test
    void untilThenItIsAcceptedAndOtherKeysStayValid() {
        assertThat(service.predict(Map.of()).getStatusCode()).isEqualTo(200);
        service.clock.pass(DAY);

        assertThat(service.answer(new ClientName("portal"), ServiceInMemory.sample())
                        .getStatusCode())
                .isEqualTo(200);
    }

    private static APIGatewayProxyRequestEvent call(String method, String resource) {
        return ServiceInMemory.sample()
                .withHttpMethod(method)
                .withResource(resource)
                .withPathParameters(Map.of("request_id", "0123456789abcdef"));
    }
}
