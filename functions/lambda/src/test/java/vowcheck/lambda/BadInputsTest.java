package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.Deadline;
import vowcheck.adapters.mlflow.MlflowLimits;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.erasure.InMemoryPersonalRows;
import vowcheck.core.erasure.InMemoryUnloggedObjects;
import vowcheck.core.export.InMemoryExports;
import vowcheck.core.export.PredictionExports;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.workflow.Approvals;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.core.workflow.InMemoryWorkflow;
import vowcheck.core.workflow.Rollback;
import vowcheck.core.workflow.ShadowOperation;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.ApiRoute.AnsweringFunction;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

/// `docs/bad-inputs.md` lists the handlers' answer to each of [BadInputs]. To regenerate the page:
/// `mvn -pl functions/lambda -am test -Dtest=BadInputsTest -Dsurefire.failIfNoSpecifiedTests=false -Drewrite`
class BadInputsTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "bad-inputs.md");

    private final ServiceInMemory service = new ServiceInMemory();
    private final PublicHandler publicHandler = new PublicHandler(MetricLog.DISCARDED);
    private final ErasureHandler erasureHandler = new ErasureHandler(
            new Erasure(new InMemoryPersonalRows(service.log), new InMemoryUnloggedObjects(), service.clock),
            new CopiesLifetime(Duration.ZERO, RetentionPeriod.DEFAULT),
            new RequestIds(new SecureRandom()),
            new RefusalMetrics(MetricLog.DISCARDED, service.clock));

    private final OperationsHandler operationsHandler = operationsHandler();

    private OperationsHandler operationsHandler() {
        var registry = new InMemoryModelRegistry();
        var workflow = new InMemoryWorkflow();
        var exports = new InMemoryExports();
        return new OperationsHandler(
                new FollowRegistry(service.models, registry, workflow, workflow.audit()),
                new Rollback(service.models, registry, workflow, workflow.audit()),
                new ShadowOperation(service.models, workflow.audit(), service.clock),
                new Approvals(workflow, workflow, workflow.audit()),
                new PredictionExports(exports, exports, service.clock, new Random(42)),
                new Deadline(MlflowLimits.PATIENCE, service.clock),
                new RequestIds(new SecureRandom()),
                new RefusalMetrics(MetricLog.DISCARDED, service.clock));
    }

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
        var kinds = new LinkedHashMap<>(BadInputs.byKind());
        kinds.put("An erasure (`POST /operations/erasures`)", BadInputs.erasures());
        kinds.put("An export (`POST /operations/exports`, `GET /operations/exports/{export_id}`)", BadInputs.exports());
        kinds.put("A rollback (`POST /operations/rollback`)", BadInputs.rollbacks());
        kinds.put("A change of the shadow (`POST /operations/shadow`)", BadInputs.shadows());
        kinds.put("An approval (`POST /operations/approvals`)", BadInputs.approvals());
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
        var request = input.request();
        var answer = switch (function(request)) {
            case SCORING -> service.answer(input.client(), request);
            case ERASURE -> Events.called(erasureHandler, request);
            case OPERATIONS -> Events.called(operationsHandler, request);
            case PUBLIC -> Events.called(publicHandler, request);
        };
        assertThat(answer.getStatusCode()).as(input.title()).isEqualTo(input.status());
        return answer;
    }

    /// The function to which API Gateway sends the request.
    private static AnsweringFunction function(APIGatewayProxyRequestEvent request) {
        return ApiRoute.at(request.getResource()).stream()
                .filter(route -> route.methods().contains(request.getHttpMethod()))
                .map(ApiRoute::function)
                .findAny()
                .orElse(AnsweringFunction.PUBLIC);
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
