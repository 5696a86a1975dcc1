package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;

/// The scoring function writes lines of JSON to its log, and never a part of a request.
class NoPersonalDataTest {

    private static final JsonMapper JSON = new JsonMapper();

    /// All texts in a line of metrics. None is free text, except a request id that a client chose.
    private static final Map<String, Set<String>> WORDS = Map.of(
            "stage", Set.of("test"),
            "endpoint", Set.of("single", "batch"),
            "purpose", Set.of("application", "probe"),
            "model_version", Set.of("7"),
            "aws_request_id", Set.of(Events.AWS_REQUEST_ID),
            "client", Set.of("another", "clerks"),
            "reason",
                    Set.of(
                            "conflict",
                            "invalid",
                            "malformed",
                            "method",
                            "not_found",
                            "too_large",
                            "unauthorized",
                            "unsupported"));

    private final ServiceInMemory service = new ServiceInMemory();

    @Test
    void invalidRequestsLeaveOnlyMetricsWithKnownWordsInTheLog() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
        service.answer(BadInputs.keyed(200, BadInputs.USED_KEY).request());
        var inputs = Stream.concat(
                        BadInputs.byKind().values().stream().flatMap(List::stream), BadInputs.scored().stream())
                .toList();

        try (var output = new StandardOutput()) {
            inputs.forEach(input -> service.answer(input.client(), input.request()));

            assertThat(output.lines()).isEmpty();
        }
        var lines = MetricLines.read(service.metricLines());
        assertThat(lines).hasSize(inputs.size() + 1).allSatisfy(NoPersonalDataTest::hasOnlyKnownWords);
    }

    @Test
    void noFailureLogsARequestsContent() {
        var telling = telling();
        var headers = new HashMap<>(ServiceInMemory.operator("right"));
        headers.put("Content-Type", "application/json");
        headers.put("x-api-key", "clerks0123456789abcdefghij0123456789abcdefghij");
        var request = ServiceInMemory.sample().withHeaders(headers).withBody(body(telling));
        var secrets = new ArrayList<>(telling.values());
        secrets.addAll(List.of(
                "clerks0123456789abcdefghij0123456789abcdefghij",
                "Lovelace",
                "loan-of-ada",
                headers.get("Authorization")));

        var log = new ArrayList<JsonNode>();
        try (var output = new StandardOutput()) {
            service.models.promoteUnusable("8");
            assertThat(service.answer(request).getStatusCode()).isEqualTo(503);
            service.models.promote(ModelFixtures.constant("7", 0.25));
            assertThat(service.answer(request).getStatusCode()).isEqualTo(200);
            service.log.reachable(false);
            assertThat(service.answer(request).getStatusCode()).isEqualTo(200);
            service.queue.reachable(false);
            assertThat(service.answer(request).getStatusCode()).isEqualTo(503);
            assertThat(service.answer(search()).getStatusCode()).isEqualTo(503);
            output.lines().forEach(line -> log.add(JSON.readTree(line)));
        }

        // Without a model; by the queue; by the queue again; without log and queue; a search without log.
        assertThat(log)
                .extracting(line -> line.get("log.level").asString())
                .containsExactly("ERROR", "WARN", "WARN", "ERROR", "ERROR");
        assertThat(log).allSatisfy(line -> {
            assertThat(line.propertyNames()).contains("@timestamp", "log.logger", "message");
            assertThat(line.get("request_id").asString()).startsWith("u.");
            assertThat(line.get("aws_request_id").asString()).isEqualTo(Events.AWS_REQUEST_ID);
        });
        assertThat(Stream.concat(log.stream().map(JsonNode::toString), service.metricLines().stream()))
                .allSatisfy(line -> assertThat(line).doesNotContain(secrets));
    }

    private static APIGatewayProxyRequestEvent search() {
        return ServiceInMemory.sample().withResource("/predictions/search").withBody("{\"loan_id\": \"loan-of-ada\"}");
    }

    /// A number for each feature that can be recognised anywhere.
    private static Map<String, String> telling() {
        var values = new HashMap<String, String>();
        for (var feature : FeatureSchema.CURRENT.features()) {
            values.put(feature.fieldName(), "73%02d.25".formatted(values.size()));
        }
        return values;
    }

    private static String body(Map<String, String> features) {
        var body = new StringBuilder("{\"Name\": \"Lovelace\", \"loan_id\": \"loan-of-ada\"");
        features.forEach(
                (name, value) -> body.append(", \"").append(name).append("\": ").append(value));
        return body.append('}').toString();
    }

    private static void hasOnlyKnownWords(JsonNode line) {
        line.propertyStream().filter(field -> field.getValue().isString()).forEach(field -> {
            var text = field.getValue().asString();
            if (field.getKey().equals("request_id")) {
                assertThat(text).matches("u\\.[0-9a-f-]{36}|" + BadInputs.USED_KEY);
            } else {
                assertThat(WORDS).containsKey(field.getKey());
                assertThat(text).isIn(WORDS.get(field.getKey()));
            }
        });
    }
}
