package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.InMemoryPredictions;

class ScoringHandlerTest {

    private final ServiceInMemory service = new ServiceInMemory();
    private final InMemoryModelStore models = service.models;
    private final InMemoryPredictions log = service.log;
    private final InMemoryPredictions queue = service.queue;
    private final ScoringHandler handler = service.handler;

    @BeforeEach
    void aModelIsInProduction() {
        models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void theSampleEventIsAnsweredAndLogged() {
        var answer = Events.called(handler, sample());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(JsonDocument.parse(answer.getBody()).number("probability")).isCloseTo(0.25, within(1e-6));
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("X-Model-Version", "7")
                .containsEntry(
                        "X-Request-Id", log.requests().getFirst().requestId().value());
    }

    @Test
    void aBatchIsAnsweredInItsOrder() {
        var answer = post("/batch_predict", Events.text("request_drift.json"));

        assertThat(JsonDocument.parse(answer.getBody()).floats("probabilities")).hasSize(1001);
        assertThat(log.requests().getFirst().applications()).hasSize(1001);
    }

    @Test
    void modelInfoHasTheContractsFields() {
        var answer = modelInfo();

        assertThat(answer.getBody()).isEqualTo("""
                {"model_name":"divorce-model","model_version":"7","data_cutoff_date":"2025-05-01","status":"production"}""");
        assertThat(answer.getHeaders())
                .containsEntry("X-Model-Version", "7")
                .containsEntry(
                        "X-Manifest-SHA256",
                        ModelFixtures.identity("7").manifestHash().hex());
    }

    @Test
    void everyRefusedFeatureIsNamed() {
        var answer = post("/predict", "{\"Age_Days\": \"old\", \"Client_Income\": 0}");

        assertThat(answer.getStatusCode()).isEqualTo(422);
        assertThat(answer.getHeaders()).containsEntry("Content-Type", "application/problem+json");
        var errors = JsonDocument.parse(answer.getBody()).documents("errors");
        assertThat(errors).hasSize(10);
        assertThat(errors.getFirst().text("pointer")).isEqualTo("/Client_Income");
        assertThat(errors.get(3).text("received")).isEqualTo("the string \"old\"");
        assertThat(log.requests()).isEmpty();
    }

    @Test
    void aRefusedInstanceIsNamedByIndexAndField() {
        var application = Events.text("request_1.json");
        var answer = post(
                "/batch_predict",
                "{\"instances\": [%s, %s]}".formatted(application, application.replace("20000", "-1")));

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(JsonDocument.parse(answer.getBody())
                        .documents("errors")
                        .getFirst()
                        .text("pointer"))
                .isEqualTo("/instances/1/Age_Days");
        assertThat(log.requests()).isEmpty();
    }

    @Test
    void aBatchWithoutInstancesIsABadRequest() {
        assertThat(post("/batch_predict", "{}").getStatusCode()).isEqualTo(400);
    }

    @Test
    void aBatchOverTheLimitIsTooLarge() {
        var instances = String.join(",", Collections.nCopies(10_001, Events.text("request_1.json")));

        assertThat(post("/batch_predict", "{\"instances\": [" + instances + "]}")
                        .getStatusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyThatIsNotJsonIsABadRequest() {
        assertThat(post("/predict", "{").getStatusCode()).isEqualTo(400);
        assertThat(post("/predict", "").getStatusCode()).isEqualTo(400);
    }

    @Test
    void anotherContentTypeIsNotSupported() {
        var answer = Events.called(handler, sample().withHeaders(Map.of("content-type", "text/csv")));

        assertThat(answer.getStatusCode()).isEqualTo(415);
    }

    @Test
    void aBase64EncodedBodyIsRead() {
        var encoded =
                Base64.getEncoder().encodeToString(Events.text("request_1.json").getBytes(StandardCharsets.UTF_8));

        var answer = Events.called(handler, sample().withBody(encoded).withIsBase64Encoded(true));

        assertThat(answer.getStatusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNotUtf8IsABadRequest() {
        var encoded = Base64.getEncoder().encodeToString(new byte[] {'{', (byte) 0xff, '}'});

        var answer = Events.called(handler, sample().withBody(encoded).withIsBase64Encoded(true));

        assertThat(answer.getStatusCode()).isEqualTo(400);
    }

    @Test
    void withoutAnyStoreNothingIsAnswered() {
        log.reachable(false);
        queue.reachable(false);

        var answer = Events.called(handler, sample());

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getHeaders()).containsKey("Retry-After");
        assertThat(answer.getBody()).doesNotContain("probability\"");
    }

    @Test
    void aRefusedNewModelIsReportedWhileTheFormerOneServes() {
        Events.called(handler, sample());
        models.promoteUnusable("8");
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));

        var info = JsonDocument.parse(modelInfo().getBody());

        assertThat(info.text("model_version")).isEqualTo("7");
        assertThat(info.document("refused").text("model_version")).isEqualTo("8");
        assertThat(info.document("refused").text("reason")).contains("damaged");
    }

    @Test
    void aMissingPointerIsReportedWithoutAVersionWhileTheModelServes() {
        Events.called(handler, sample());
        models.withdraw();
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));

        var info = JsonDocument.parse(modelInfo().getBody());

        assertThat(info.text("model_version")).isEqualTo("7");
        assertThat(info.document("refused").names()).containsExactly("reason");
        assertThat(info.document("refused").text("reason")).isEqualTo("the pointer in memory is missing");
    }

    @Test
    void modelInfoSaysWhyNoModelServes() {
        models.promoteUnusable("8");

        var answer = modelInfo();

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail"))
                .isEqualTo("version 8 is in production but cannot be used: the bundle of version 8 is damaged");
        assertThat(Events.called(handler, sample()).getStatusCode()).isEqualTo(503);
    }

    @Test
    void modelInfoSaysThatNoModelIsInProduction() {
        models.withdraw();

        var answer = modelInfo();

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail"))
                .isEqualTo("no model can be used: the pointer in memory is missing");
    }

    @Test
    void aStoreOutOfReachIsNoReasonThatModelInfoShows() {
        models.reachable(false);

        var answer = modelInfo();

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail"))
                .isEqualTo("no model is ready to score: try again later");
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        assertThat(post("/predict", " ".repeat(6_000_001)).getStatusCode()).isEqualTo(413);
    }

    @Test
    void aDatabaseThatRefusesTheRowsIsAnsweredInOurWords() {
        log.refuseAll();

        var answer = Events.called(handler, sample());

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail"))
                .startsWith("the database refuses to store or read predictions");
        assertThat(service.metricLines().getLast()).contains("\"reason\":\"unavailable\"");
    }

    @Test
    void withoutAModelTheServiceIsUnavailable() {
        models.reachable(false);

        assertThat(Events.called(handler, sample()).getStatusCode()).isEqualTo(503);
    }

    @Test
    void theSmokeCallAsksForTheNewestModelAndLogsNothing() {
        Events.called(handler, sample());
        models.promote(ModelFixtures.constant("8", 0.5));

        assertThat(Events.handled(handler, "{\"smoke\":{\"model_version\":\"8\"}}"))
                .isEqualTo("{\"model_version\":\"8\",\"manifest_sha256\":\"%s\",\"probability\":0.5}"
                        .formatted(ModelFixtures.identity("8").manifestHash()));
        assertThat(log.requests()).hasSize(1);
    }

    private APIGatewayProxyResponseEvent modelInfo() {
        return Events.called(handler, sample().withHttpMethod("GET").withResource("/model-info"));
    }

    private APIGatewayProxyResponseEvent post(String path, String body) {
        return Events.called(handler, sample().withResource(path).withBody(body));
    }

    private static APIGatewayProxyRequestEvent sample() {
        return ServiceInMemory.sample();
    }
}
