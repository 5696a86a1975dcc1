package vowcheck.lambda;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vowcheck.adapters.settings.Setting;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.observation.MetricLog;

class PublicHandlerTest {

    /// Clients of AWS and PostgreSQL, and this project's code that uses them or a model. Lambda's own client has
    /// the SDK's `utilslite`.
    private static final Pattern CONNECTING =
            Pattern.compile("^(software\\.amazon\\.(?!awssdk\\.utilslite\\.)|org\\.postgresql\\.|"
                    + "vowcheck\\.adapters\\.(?!json\\.|settings\\.|secrets\\.SecretUnavailable)|"
                    + "vowcheck\\.lambda\\.Wiring|vowcheck\\.core\\.model\\.ScoringModel)");

    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    private final PublicHandler handler =
            new PublicHandler(new MetricLog("test", new PrintStream(metrics, true, StandardCharsets.UTF_8)));

    @Test
    void theSampleEventIsAnsweredAndNotToBeCached() {
        var answer = Events.called(handler, sample());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void headIsAnsweredAsGet() {
        var answer = Events.called(handler, sample().withHttpMethod("HEAD"));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.getBody()).isEmpty();
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(called("GET", "/{proxy+}").getStatusCode()).isEqualTo(404);
        assertThat(metrics.toString(StandardCharsets.UTF_8)).contains("\"reason\":\"not_found\"");
    }

    @ParameterizedTest
    @EnumSource
    void anotherMethodIsNotAllowedAtAnyPath(ApiRoute route) {
        var answer = called("DELETE", route.path());

        assertThat(answer.getStatusCode()).isEqualTo(405);
        var methodsOfPath = Stream.of(ApiRoute.values())
                .filter(other -> other.path().equals(route.path()))
                .flatMap(other -> other.methods().stream())
                .sorted()
                .collect(joining(", "));
        assertThat(answer.getHeaders()).containsEntry("Allow", methodsOfPath);
    }

    /// API Gateway never sends one.
    @ParameterizedTest
    @EnumSource
    void onlyPublicCallsAreAnswered(ApiRoute route) {
        var event = "{\"httpMethod\": \"%s\", \"resource\": \"%s\", \"pathParameters\": {\"asset\": \"page.js\"}}"
                .formatted(route.method(), route.path());

        var answer = Events.handled(handler, event);

        assertThat(answer)
                .startsWith(route.access() == ApiRoute.Access.PUBLIC ? "{\"statusCode\":200," : "{\"statusCode\":404,");
    }

    @Test
    void aDamagedEventIsABadRequest() {
        assertThat(Events.handled(handler, "{\"httpMethod\":")).startsWith("{\"statusCode\":400,");
    }

    /// The runtime as on AWS, with no other setting than the function has there.
    @Test
    void itLoadsNoModelAndNothingThatOpensAConnection(@TempDir Path folder) throws Exception {
        var environment = Map.of("AWS_REGION", "eu-central-1", Setting.STAGE.name(), "test");
        try (var function = FunctionProcess.snapshot(folder, PublicHandler.class, environment)) {
            function.restore();

            assertThat(function.answer(Events.text("public_handler.json"))).startsWith("{\"statusCode\":200,");
            assertThat(function.answer("{\"httpMethod\": \"GET\", \"resource\": \"/docs\"}"))
                    .startsWith("{\"statusCode\":200,");
            assertThat(function.answer("{\"httpMethod\": \"GET\", \"resource\": \"/predict\"}"))
                    .startsWith("{\"statusCode\":405,");
            var classes = function.loadedClasses().stream()
                    .map(line -> line.replaceFirst("^.*] ", "").replaceFirst(" source:.*", ""))
                    .toList();
            assertThat(classes).contains(PublicHandler.class.getName());
            assertThat(classes)
                    .filteredOn(name -> CONNECTING.matcher(name).find())
                    .isEmpty();
        }
    }

    private APIGatewayProxyResponseEvent called(String method, String resource) {
        return Events.called(handler, sample().withHttpMethod(method).withResource(resource));
    }

    private static APIGatewayProxyRequestEvent sample() {
        return Events.parsed("public_handler.json", APIGatewayProxyRequestEvent.class);
    }
}
