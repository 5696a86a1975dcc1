package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.erasure.InMemoryPersonalRows;
import vowcheck.core.erasure.InMemoryUnloggedObjects;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

class ErasureHandlerTest {

    private static final String OF_REQUEST =
            "{\"request_id\":\"2025-0815_first_try\",\"client\":\"clerks\",\"reason\":\"case 17/2026\"}";

    private final MovableClock clock = new MovableClock();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryPersonalRows rows = new InMemoryPersonalRows(log);
    private final InMemoryUnloggedObjects objects = new InMemoryUnloggedObjects();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ErasureHandler handler = new ErasureHandler(
            new Erasure(rows, objects, clock),
            new CopiesLifetime(Duration.ofDays(14), RetentionPeriod.DEFAULT),
            new RequestIds(new SecureRandom()),
            new RefusalMetrics(new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), clock));

    @Test
    void theCommittedEventErasesALoanInTheOperatorsName() {
        rows.label(new LoanId("L-2025-0815"), 1);

        var answer = Events.called(handler, event());

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
        var body = JsonDocument.parse(answer.getBody());
        assertThat(body.text("erased_at")).isEqualTo(clock.instant().toString());
        assertThat(body.document("erased").integer("labelled_rows")).isEqualTo(1);
        assertThat(rows.records()).singleElement().satisfies(record -> {
            assertThat(record.order().operator()).isEqualTo("ada");
            assertThat(record.order().subject()).isEqualTo(new ErasureSubject.OfLoan(new LoanId("L-2025-0815")));
            assertThat(record.order().reason().text()).isEqualTo("case 17/2026");
        });
    }

    @Test
    void aRequestIsNamedWithItsClient() {
        objects.put(ClientName.CLERKS, new RequestId("2025-0815_first_try"));

        var answer = erase(OF_REQUEST);

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
        assertThat(JsonDocument.parse(answer.getBody()).document("erased").integer("unlogged_objects"))
                .isEqualTo(1);
    }

    @Test
    void theAnswerSaysWhatIsNotReachedAndUntilWhen() {
        objects.put(ClientName.CLERKS, new RequestId("u.another"));

        var copies =
                JsonDocument.parse(Events.called(handler, event()).getBody()).documents("not_reached");

        assertThat(copies)
                .extracting(copy -> copy.text("where") + (copy.has("until") ? " " + copy.text("until") : ""))
                .containsExactly(
                        "queue 2025-06-29T00:00:00Z",
                        "objects 2025-07-04T00:00:00Z",
                        "exports 2025-06-05T00:00:00Z",
                        "backups 2025-06-15T00:00:00Z",
                        "models");
    }

    @Test
    void neitherTheAnswerNorTheLogNamesTheSubjectOrTheReason() {
        try (var output = new StandardOutput()) {
            var answers = Events.called(handler, event()).getBody()
                    + erase(OF_REQUEST).getBody();
            log.reachable(false);
            answers += erase(OF_REQUEST).getBody();

            assertThat(answers + output.lines() + lines.toString(StandardCharsets.UTF_8))
                    .doesNotContain("0815", "17/2026");
        }
    }

    @Test
    void erasingAgainFindsNothing() {
        erase(OF_REQUEST);

        var again = erase(OF_REQUEST);

        assertThat(again.getStatusCode()).isEqualTo(200);
        assertThat(again.getBody()).contains("\"scoring_requests\":0");
    }

    @Test
    void withoutTheDatabaseTheCallIsToBeRepeated() {
        log.reachable(false);

        var answer = erase(OF_REQUEST);

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail")).endsWith("repeat the call");
        assertThat(answer.getHeaders()).containsKey("Retry-After");
        assertThat(rows.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"reason":"case 17"}                                                  | /loan_id    | nothing
            {"loan_id":"L-1"}                                                     | /reason     | nothing
            {"loan_id":"L-1","reason":""}                                         | /reason     | a string of 0 characters
            {"loan_id":"L-1","reason":"two\\nlines"}                              | /reason     | a string of 9 characters
            {"loan_id":"L-1","reason":17}                                         | /reason     | a number
            {"loan_id":"L 1","reason":"case 17"}                                  | /loan_id    | a string of 3 characters
            {"loan_id":1,"reason":"case 17"}                                      | /loan_id    | a number
            {"loan_id":null,"reason":"case 17"}                                   | /loan_id    | null
            {"loan":"L-1","reason":"case 17"}                                     | /loan       | a string of 3 characters
            {"loan_id":"L-1","request_id":"u.1","reason":"case 17"}               | /request_id | a string of 3 characters
            {"loan_id":"L-1","client":"clerks","reason":"case 17"}                | /client     | a string of 6 characters
            {"loan_id":"L-1","request_id":"u.1","client":"clerks","reason":"case"} | /request_id | a string of 3 characters
            {"request_id":"u.1","reason":"case 17"}                               | /client     | nothing
            {"request_id":"u.1","client":"No Name","reason":"case 17"}            | /client     | a string of 7 characters
            {"request_id":"u/1","client":"clerks","reason":"case 17"}             | /request_id | a string of 3 characters
            """)
    void anOrderThatIsNotClearIsRefusedAndErasesNothing(String body, String pointer, String received) {
        var answer = erase(body);

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(422);
        var errors = JsonDocument.parse(answer.getBody()).documents("errors");
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.text("pointer")).isEqualTo(pointer);
            assertThat(error.text("received")).isEqualTo(received);
        });
        assertThat(rows.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "{", "null", "[]", "{} {}"})
    void aBodyThatIsNoObjectIsMalformed(String body) {
        assertThat(erase(body).getStatusCode()).isEqualTo(400);
    }

    @Test
    void aReasonThatHasTheIdIsRefused() {
        var answer = erase("{\"loan_id\":\"L-1\",\"reason\":\"asks for l-1\"}");

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(JsonDocument.parse(answer.getBody()).text("detail"))
                .startsWith("the reason has the id of what is erased")
                .doesNotContainIgnoringCase("l-1");
        assertThat(rows.records()).isEmpty();
    }

    @Test
    void anotherContentTypeIsRefused() {
        var event = event();
        event.getHeaders().put("Content-Type", "text/plain");

        assertThat(Events.called(handler, event).getStatusCode()).isEqualTo(415);
    }

    private APIGatewayProxyResponseEvent erase(String body) {
        return Events.called(handler, event().withBody(body));
    }

    private static APIGatewayProxyRequestEvent event() {
        return Events.parsed("erasure_handler.json", APIGatewayProxyRequestEvent.class);
    }
}
