package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;

class OperationsHandlerTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final OperationsHandler handler = new OperationsHandler(models);

    @Test
    void updateModelNamesTheVersionThatServes() {
        models.promote(ModelFixtures.constant("7", 0.25));

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .isEqualTo("{\"message\":\"version 7 is intact and in production\",\"model_version\":\"7\"}");
    }

    @Test
    void updateModelRefusesADamagedBundle() {
        models.promoteUnusable("8");

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the bundle of version 8 is damaged");
    }

    private APIGatewayProxyResponseEvent updateModel() {
        return Events.called(handler, Events.parsed("operations_handler.json", APIGatewayProxyRequestEvent.class));
    }
}
