package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

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

/// `docs/bad-inputs.md` says what the handler answers to each of [BadInputs]. To write the page anew:
/// `mvn -pl functions/lambda -am test -Dtest=BadInputsTest -Dsurefire.failIfNoSpecifiedTests=false -Drewrite`
class BadInputsTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "bad-inputs.md");

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void anIdempotencyKeyWasUsed() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
        service.answer(BadInput.CLERKS, BadInputs.keyed(200, BadInputs.USED_KEY).request());
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

                What the scoring function answers to %d requests that are wrong, and to some that only look so. `BadInputsTest` makes this page of the handler's own answers and fails when one changes. What API Gateway refuses by itself (no API key, too many calls, more than 10 MB) never reaches the handler and is not here.
                """.formatted(kinds.values().stream().mapToInt(List::size).sum()));
        kinds.forEach((kind, inputs) -> {
            page.append("\n## ").append(kind).append("\n| what comes | status | answer |\n|---|---|---|\n");
            inputs.forEach(input -> page.append(refused(input)));
        });
        page.append("\n## Unusual, and scored\n| what comes | status |\n|---|---|\n");
        BadInputs.scored().forEach(input -> page.append(scored(input)));
        return page.toString();
    }

    private String refused(BadInput input) {
        var answer = answer(input);
        return "| %s | %d | %s |\n".formatted(cell(input.title()), input.status(), cell(words(answer)));
    }

    private String scored(BadInput input) {
        answer(input);
        return "| %s | %d |\n".formatted(cell(input.title()), input.status());
    }

    private APIGatewayProxyResponseEvent answer(BadInput input) {
        var answer = service.answer(input.client(), input.request());
        assertThat(answer.getStatusCode()).as(input.title()).isEqualTo(input.status());
        return answer;
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
