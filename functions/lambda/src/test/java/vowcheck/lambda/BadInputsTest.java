package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelFixtures;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.observation.MetricLog;

/// `docs/bad-inputs.md` lists the handlers' answer to each of [BadInputs]. To regenerate the page:
/// `mvn -pl functions/lambda -am test -Dtest=BadInputsTest -Dsurefire.failIfNoSpecifiedTests=false -Drewrite`
class BadInputsTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "bad-inputs.md");

    private final ServiceInMemory service = new ServiceInMemory();
    private final PublicHandler publicHandler = new PublicHandler(MetricLog.DISCARDED);

    @BeforeEach
    void anIdempotencyKeyWasUsed() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
        service.answer(BadInputs.keyed(200, BadInputs.USED_KEY).request());
    }

    @Test
    void thePageHasTheHandlersAnswers() throws IOException {
        var page = page();
        if (System.getProperty("rewrite") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).hasContent(page);
    }

    private String page() {
        var kinds = BadInputs.byKind();
        var page = new StringBuilder(
                """
                # Bad inputs

                The API's answers to %d invalid requests, and to some unusual requests that it accepts. `BadInputsTest` generates this page, compares each answer's status with the one that its case expects, and fails when an answer changes. Requests that API Gateway refuses itself (no API key, too many calls, more than 10 MB) never reach a function and are not listed.
                """.formatted(kinds.values().stream().mapToInt(List::size).sum()));
        kinds.forEach((kind, inputs) -> {
            page.append("\n## ").append(kind).append("\n| request | status | answer |\n|---|---|---|\n");
            inputs.forEach(input -> page.append(refused(input)));
        });
        page.append("\n## Unusual requests that are scored\n| request | status |\n|---|---|\n");
        BadInputs.scored().forEach(input -> page.append(scored(input)));
        return page.toString();
    }

    private String refused(BadInput input) {
        var answer = answer(input);
        assertThat(answer.getStatusCode()).as(input.title()).isBetween(400, 499);
        return "| %s | %d | %s |\n".formatted(cell(input.title()), input.status(), cell(words(answer)));
    }

    private String scored(BadInput input) {
        assertThat(answer(input).getStatusCode()).as(input.title()).isEqualTo(200);
        return "| %s | %d |\n".formatted(cell(input.title()), input.status());
    }

    private APIGatewayProxyResponseEvent answer(BadInput input) {
        var answer = isScoringCall(input.request())
                ? service.answer(input.client(), input.request())
                : Events.called(publicHandler, input.request());
        assertThat(answer.getStatusCode()).as(input.title()).isEqualTo(input.status());
        return answer;
    }

    /// API Gateway sends every other request of these to the public function.
    private static boolean isScoringCall(APIGatewayProxyRequestEvent request) {
        return ApiRoute.at(request.getResource()).stream()
                .anyMatch(route -> route.methods().contains(request.getHttpMethod())
                        && route.function() == ApiRoute.AnsweringFunction.SCORING);
    }

    private static String words(APIGatewayProxyResponseEvent answer) {
        var problem = JsonDocument.parse(answer.getBody());
        var detail = problem.text("detail");
        if (!problem.has("errors")) {
            return detail;
        }
        var errors = problem.documents("errors");
        var shown = errors.stream()
                .limit(2)
                .map(error -> "`%s`: received %s, expected %s"
                        .formatted(error.text("pointer"), error.text("received"), error.text("expected")))
                .collect(Collectors.joining("; "));
        var rest = errors.size() > 2 ? "; and %d more".formatted(errors.size() - 2) : "";
        return detail + ": " + shown + rest;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
