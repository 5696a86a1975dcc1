package vowcheck.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.scoring.NoSuchPrediction;
import vowcheck.core.scoring.RequestId;

class RouterTest {

    private static final RequestId ID = new RequestId("u.of-the-test");

    private final List<Integer> refused = new ArrayList<>();
    private final Router router = new Router(
            Map.of(
                    ApiRoute.MODEL_INFO, (_, _) -> new ApiResponse(200, Map.of("X-Model-Version", "7"), "the model"),
                    ApiRoute.DOCUMENTATION_PAGE, (_, _) -> new ApiResponse(304, Map.of("ETag", "tag"), ""),
                    ApiRoute.STORED_PREDICTIONS,
                            (_, _) -> {
                                throw new NoSuchPrediction();
                            },
                    ApiRoute.OPENAPI_DOCUMENT,
                            (_, _) -> {
                                throw new IllegalStateException("by the test");
                            },
                    ApiRoute.PREDICT, (_, _) -> new ApiResponse(200, Map.of(), "the probability")),
            () -> ID,
            (_, problem) -> refused.add(problem.status()));

    @ParameterizedTest
    @CsvSource({
        "/model-info, 200",
        "/docs, 304",
        "/predictions/{request_id}, 404",
        "/openapi.json, 500",
        "/docs/{asset}, 404",
        "/elsewhere, 404"
    })
    void headHasTheStatusAndTheHeadersOfGetAndNoBody(String path, int status) {
        var get = answered("GET", path);
        var head = answered("HEAD", path);

        assertThat(get.integer("statusCode")).isEqualTo(status);
        assertThat(head.integer("statusCode")).isEqualTo(status);
        assertThat(headers(head)).isEqualTo(headers(get));
        assertThat(head.text("body")).isEmpty();
    }

    @Test
    void getHasABody() {
        assertThat(answered("GET", "/model-info").text("body")).isEqualTo("the model");
        assertThat(answered("GET", "/elsewhere").text("body")).contains("no call has this path");
    }

    @Test
    void aCallOfAnotherFunctionIsNotFound() {
        assertThat(answered("POST", "/update-model").integer("statusCode")).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /model-info, 'GET, HEAD'",
        "GET, /predict, POST",
        "HEAD, /predict, POST",
        "GET, /update-model, POST"
    })
    void whereAnotherMethodIsExpectedAllowNamesIt(String method, String path, String allowed) {
        var answer = answered(method, path);

        assertThat(answer.integer("statusCode")).isEqualTo(405);
        assertThat(answer.document("headers").text("Allow")).isEqualTo(allowed);
        assertThat(answer.text("body").isEmpty()).isEqualTo(method.equals("HEAD"));
    }

    @Test
    void everyProblemIsCountedOnce() {
        answered("HEAD", "/predictions/{request_id}");
        answered("HEAD", "/predict");
        answered("HEAD", "/model-info");

        assertThat(refused).containsExactly(404, 405);
    }

    private static Map<String, String> headers(JsonDocument answer) {
        var headers = answer.document("headers");
        return headers.names().stream().collect(Collectors.toMap(name -> name, headers::text));
    }

    private JsonDocument answered(String method, String path) {
        var event = "{\"httpMethod\": \"%s\", \"resource\": \"%s\"}".formatted(method, path);
        var answer = new ByteArrayOutputStream();
        router.handle(event.getBytes(StandardCharsets.UTF_8), answer);
        return JsonDocument.parse(answer.toString(StandardCharsets.UTF_8));
    }
}
