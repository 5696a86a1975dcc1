package vowcheck.lambda;

import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;

class AuditCallsTest {

    private static final ClientName ANOTHER = new ClientName("another");
    private static final Map<String, String> EXPLAIN = Map.of("explain", "true");

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void theBaselineIsInProduction() {
        service.models.promote(
                ModelBundle.open(BaselineBundle.manifest(), BaselineBundle.model(), FeatureSchema.CURRENT)
                        .scoringModel());
    }

    @Test
    void theContributionsSumToTheAnsweredProbability() {
        var answer = service.answer(ServiceInMemory.sample().withQueryStringParameters(EXPLAIN));

        var body = JsonDocument.parse(answer.getBody());
        double sum = sum(body.document("explanation"));
        assertThat(1 / (1 + Math.exp(-sum))).isCloseTo(body.number("probability"), within(1e-12));
        assertThat(body.document("explanation").documents("reasons")).isNotEmpty();
        assertThat(answer.getHeaders()).containsEntry("Content-Language", "en");
    }

    @Test
    void reasonsAreInGermanForCallersThatPreferIt() {
        var event = ServiceInMemory.sample().withQueryStringParameters(EXPLAIN);
        event.getHeaders().put("Accept-Language", "de-AT,de;q=0.9,en;q=0.5");

        var answer = service.answer(event);

        assertThat(answer.getHeaders()).containsEntry("Content-Language", "de");
    }

    @Test
    void everyInstanceOfABatchIsExplainedInItsOrder() {
        var one = Events.text("request_1.json");
        var answer = service.answer(ServiceInMemory.sample()
                .withResource("/batch_predict")
                .withQueryStringParameters(EXPLAIN)
                .withBody("{\"instances\": [%s, %s]}".formatted(one, one.replace("20000", "8000"))));

        var body = JsonDocument.parse(answer.getBody());
        var probabilities = body.floats("probabilities");
        var explanations = body.documents("explanations");
        for (int i = 0; i < 2; i++) {
            assertThat((float) (1 / (1 + Math.exp(-sum(explanations.get(i)))))).isEqualTo(probabilities[i]);
        }
    }

    @Test
    void aBatchThatIsTooLongToBeExplainedIsRefusedBeforeItIsScored() {
        var answer = service.answer(ServiceInMemory.sample()
                .withResource("/batch_predict")
                .withQueryStringParameters(EXPLAIN)
                .withBody(Events.text("request_drift.json")));

        assertThat(answer.getStatusCode()).isEqualTo(413);
        assertThat(answer.getBody()).contains("500");
        assertThat(service.log.requests()).isEmpty();
    }

    @Test
    void aValueOfExplainOtherThanTrueOrFalseIsRefused() {
        var answer = service.answer(ServiceInMemory.sample().withQueryStringParameters(Map.of("explain", "please")));

        assertThat(answer.getStatusCode()).isEqualTo(400);
    }

    @Test
    void aStoredRequestIsShownToItsClientAndRecomputedByTheModelThatAnswered() {
        var answered = service.predict(Map.of());
        var requestId = requestId(answered);
        service.models.promote(ModelFixtures.constant("8", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));

        var audit = service.predictions(requestId, Map.of(), EXPLAIN);

        assertThat(audit.getStatusCode()).as(audit.getBody()).isEqualTo(200);
        assertThat(audit.getHeaders()).containsEntry("X-Model-Version", "baseline");
        var body = JsonDocument.parse(audit.getBody());
        assertThat(body.text("request_id")).isEqualTo(requestId);
        assertThat(body.text("manifest_sha256"))
                .isEqualTo(Sha256.of(BaselineBundle.manifest()).hex());
        assertThat(body.text("purpose")).isEqualTo("application");
        assertThat(body.integer("count")).isEqualTo(1);
        assertThat(body.has("next")).isFalse();
        var prediction = body.documents("predictions").getFirst();
        assertThat(prediction.number("probability"))
                .isEqualTo(JsonDocument.parse(answered.getBody()).number("probability"))
                .isEqualTo(prediction.number("recomputed_probability"));
        assertThat(prediction.flag("equal")).isTrue();
        assertThat(prediction.document("features").number("Age_Days")).isEqualTo(20_000);
    }

    @ParameterizedTest
    @CsvSource({"-, %2D", "_, %5F", "_, %5f", "a, %61"})
    void anIdMayBePercentEncodedInThePath(String character, String escape) {
        var key = "audit-of_loan-4711";
        service.predict(Map.of("Idempotency-Key", key));

        var audit = service.predictions(key.replace(character, escape), Map.of(), Map.of());

        assertThat(audit.getStatusCode()).isEqualTo(200);
        assertThat(JsonDocument.parse(audit.getBody()).text("request_id")).isEqualTo(key);
    }

    @Test
    void anotherModelOfTheSameVersionDoesNotAuditIt() {
        var requestId = requestId(service.predict(Map.of()));
        service.models.promote(ModelFixtures.constant("baseline", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        service.predict(Map.of());

        var audit = service.predictions(requestId, Map.of(), EXPLAIN);

        assertThat(audit.getStatusCode()).as(audit.getBody()).isEqualTo(200);
        assertThat(JsonDocument.parse(audit.getBody())
                        .documents("predictions")
                        .getFirst()
                        .flag("equal"))
                .isTrue();
    }

    @Test
    void aLongBatchIsShownInPages() {
        var batch = service.answer(
                ServiceInMemory.sample().withResource("/batch_predict").withBody(Events.text("request_drift.json")));
        var requestId = requestId(batch);

        var first = JsonDocument.parse(
                service.predictions(requestId, Map.of(), Map.of()).getBody());
        var last = JsonDocument.parse(
                service.predictions(requestId, Map.of(), Map.of("from", "1000")).getBody());

        assertThat(first.documents("predictions")).hasSize(500);
        assertThat(first.text("next")).isEqualTo("/predictions/" + requestId + "?from=500");
        assertThat(last.documents("predictions").getFirst().integer("instance")).isEqualTo(1000);
        assertThat(last.has("next")).isFalse();
        assertThat(service.predictions(requestId, Map.of(), Map.of("from", "-1"))
                        .getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void otherClientsGetNotFoundAndOperatorsSeeEverything() {
        var requestId = requestId(service.answer(ANOTHER, ServiceInMemory.sample()));

        var foreign = service.predictions(requestId, Map.of(), Map.of());

        assertThat(foreign.getStatusCode()).isEqualTo(404);
        assertThat(service.predictions("u.nobodys", Map.of(), Map.of()).getBody())
                .isEqualTo(foreign.getBody());
        assertThat(service.predictions(requestId, ServiceInMemory.operator("right"), Map.of())
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(service.predictions(requestId, ServiceInMemory.operator("reads"), Map.of())
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(service.predictions(requestId, ServiceInMemory.operator("wrong"), Map.of())
                        .getStatusCode())
                .isEqualTo(401);
    }

    @Test
    void theShadowsScoreIsShownToOperatorsAndAuditorsOnly() {
        service.models.publish(ModelFixtures.constant("9", 0.5));
        service.models.shadow(ModelFixtures.shadow("9"));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        service.predict(Map.of()); // begins to read the bundle
        var answered = service.predict(Map.of());
        var requestId = requestId(answered);

        assertThat(answered.getBody()).doesNotContain("shadow");
        assertThat(service.predictions(requestId, Map.of(), EXPLAIN).getBody()).doesNotContain("shadow");
        for (var password : List.of("right", "reads")) {
            var audit = service.predictions(requestId, ServiceInMemory.operator(password), EXPLAIN);
            var shadow = JsonDocument.parse(audit.getBody())
                    .documents("predictions")
                    .getFirst()
                    .document("shadow");
            assertThat(shadow.text("model_version")).isEqualTo("9");
            assertThat(shadow.number("probability")).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void anIdThatTwoClientsHaveChosenIsAskedForWithItsClient() {
        var key = "0123456789abcdef";
        var event = ServiceInMemory.sample()
                .withResource("/batch_predict")
                .withBody("{\"instances\": [%s]}"
                        .formatted(String.join(",", nCopies(501, Events.text("request_1.json")))));
        event.getHeaders().put("Idempotency-Key", key);
        service.predict(Map.of("Idempotency-Key", key));
        service.answer(ANOTHER, event);
        var auditor = ServiceInMemory.operator("reads");

        var ambiguous = service.predictions(key, auditor, Map.of());
        var named = service.predictions(key, auditor, Map.of("client", "another"));

        assertThat(ambiguous.getStatusCode()).isEqualTo(409);
        assertThat(JsonDocument.parse(ambiguous.getBody()).text("detail"))
                .isEqualTo("requests of several clients have this id (another, clerks): add ?client= with one of them");
        var page = JsonDocument.parse(named.getBody());
        assertThat(page.text("client")).isEqualTo("another");
        assertThat(page.text("next")).isEqualTo("/predictions/" + key + "?from=500&client=another");
        assertThat(JsonDocument.parse(
                                service.predictions(key, Map.of(), Map.of()).getBody())
                        .text("client"))
                .isEqualTo("clerks");
        assertThat(service.predictions(key, Map.of(), Map.of("client", "clerks"))
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(service.predictions(key, Map.of(), Map.of("client", "another"))
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(service.predictions(key, auditor, Map.of("client", "nobody")).getStatusCode())
                .isEqualTo(404);
        assertThat(service.predictions(key, auditor, Map.of("client", "No Name"))
                        .getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void aStoredRequestNamesItsLoanBesideTheFeatures() {
        var requestId = requestId(service.answer(ServiceInMemory.sample().withBody(of("loan-4711"))));

        for (var headers : List.of(Map.<String, String>of(), ServiceInMemory.operator("reads"))) {
            var prediction = JsonDocument.parse(
                            service.predictions(requestId, headers, Map.of()).getBody())
                    .documents("predictions")
                    .getFirst();
            assertThat(prediction.text("loan_id")).isEqualTo("loan-4711");
            assertThat(prediction.document("features").names()).doesNotContain("loan_id");
        }
        assertThat(service.predictions(requestId(service.predict(Map.of())), Map.of(), Map.of())
                        .getBody())
                .doesNotContain("loan_id");
    }

    @Test
    void theLoanChangesNoScoreAndNoExplanation() {
        var sample = ServiceInMemory.sample().withQueryStringParameters(EXPLAIN);
        var without = service.answer(sample);

        assertThat(service.answer(sample.withBody(of("loan-4711"))).getBody()).isEqualTo(without.getBody());
    }

    @Test
    void aLoansPredictionsAreFoundWithPathsThatLeadToThem() {
        var batch = "{\"instances\": [%s, %s]}".formatted(Events.text("request_1.json"), of("loan-4711"));
        service.predict(Map.of());
        var first = service.answer(ServiceInMemory.sample().withBody(of("loan-4711")));
        service.clock.pass(ServiceInMemory.REFRESH_AGE);
        var second = service.answer(
                ANOTHER, ServiceInMemory.sample().withResource("/batch_predict").withBody(batch));

        var found = search("{\"loan_id\": \"loan-4711\"}");

        assertThat(found.getStatusCode()).as(found.getBody()).isEqualTo(200);
        assertThat(found.getBody()).doesNotContain("loan-4711");
        var body = JsonDocument.parse(found.getBody());
        assertThat(body.integer("count")).isEqualTo(2);
        assertThat(body.has("next_from")).isFalse();
        var predictions = body.documents("predictions");
        assertThat(predictions)
                .extracting(prediction -> prediction.text("path"))
                .containsExactly(
                        "/predictions/%s?client=another&from=1".formatted(requestId(second)),
                        "/predictions/%s?client=clerks&from=0".formatted(requestId(first)));
        assertThat(predictions.getFirst().integer("instance")).isEqualTo(1);
        assertThat(predictions.getFirst().text("endpoint")).isEqualTo("batch");
        assertThat(predictions.getFirst().text("purpose")).isEqualTo("application");
        assertThat(predictions.getFirst().text("model_version")).isEqualTo("baseline");
        assertThat(predictions.getFirst().text("timestamp"))
                .isEqualTo(service.clock.instant().toString());
        assertThat(predictions.get(1).number("probability"))
                .isEqualTo(JsonDocument.parse(first.getBody()).number("probability"));
        var stored = service.predictions(
                requestId(second), ServiceInMemory.operator("reads"), Map.of("client", "another", "from", "1"));
        assertThat(JsonDocument.parse(stored.getBody())
                        .documents("predictions")
                        .getFirst()
                        .text("loan_id"))
                .isEqualTo("loan-4711");
    }

    @Test
    void aLoansManyPredictionsAreFoundInPages() {
        var batch = "{\"instances\": [%s]}".formatted(String.join(",", nCopies(501, of("loan-4711"))));
        service.answer(ServiceInMemory.sample().withResource("/batch_predict").withBody(batch));

        var first = JsonDocument.parse(search("{\"loan_id\": \"loan-4711\"}").getBody());
        var last = JsonDocument.parse(
                search("{\"loan_id\": \"loan-4711\", \"from\": 500.0}").getBody());

        assertThat(first.documents("predictions")).hasSize(500);
        assertThat(first.integer("next_from")).isEqualTo(500);
        assertThat(last.documents("predictions").getFirst().integer("instance")).isEqualTo(500);
        assertThat(last.has("next_from")).isFalse();
    }

    @Test
    void aLoanWithoutPredictionsIsAnsweredWithNone() {
        assertThat(search("{\"loan_id\": \"nobodys\", \"verbose\": true}").getBody())
                .isEqualTo("{\"count\":0,\"from\":0,\"predictions\":[]}");
    }

    @Test
    void whileTheLogIsOutOfReachNothingIsFound() {
        service.log.reachable(false);

        var unavailable = search("{\"loan_id\": \"loan-4711\"}");

        assertThat(unavailable.getStatusCode()).isEqualTo(503);
        assertThat(unavailable.getHeaders()).containsKey("Retry-After");
    }

    private APIGatewayProxyResponseEvent search(String body) {
        return service.answer(
                ServiceInMemory.sample().withResource("/predictions/search").withBody(body));
    }

    /// The sample's application, for that loan.
    private static String of(String loanId) {
        return Events.text("request_1.json").replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(loanId));
    }

    @Test
    void ofABatchTheApplicationsThatWereNotErasedAreShown() {
        var one = Events.text("request_1.json");
        var named = one.replaceFirst("\\{", "{\"loan_id\": \"L-1\",");
        var batch = service.answer(ServiceInMemory.sample()
                .withResource("/batch_predict")
                .withBody("{\"instances\": [%s, %s, %s]}".formatted(one, named, one)));
        service.log.erase(new LoanId("L-1"));

        var body = JsonDocument.parse(
                service.predictions(requestId(batch), Map.of(), EXPLAIN).getBody());

        assertThat(body.integer("count")).isEqualTo(3);
        assertThat(body.integer("erased")).isEqualTo(1);
        assertThat(body.documents("predictions"))
                .extracting(prediction -> prediction.integer("instance"))
                .containsExactly(0, 2);
        assertThat(body.documents("predictions"))
                .extracting(prediction -> prediction.flag("equal"))
                .containsOnly(true);
    }

    @Test
    void anErasedRequestIsGone() {
        var ofLoan = service.answer(ServiceInMemory.sample()
                .withBody(Events.text("request_1.json").replaceFirst("\\{", "{\"loan_id\": \"L-1\",")));
        service.log.erase(new LoanId("L-1"));
        var whole = requestId(service.predict(Map.of()));
        service.log.bury(ClientName.CLERKS, new RequestId(whole));
        service.log.erase(ClientName.CLERKS, new RequestId(whole));

        for (var id : List.of(requestId(ofLoan), whole)) {
            assertThat(service.predictions(id, Map.of(), Map.of()).getStatusCode())
                    .isEqualTo(410);
            var auditor = ServiceInMemory.operator("reads");
            assertThat(service.predictions(id, auditor, Map.of("client", "clerks"))
                            .getStatusCode())
                    .isEqualTo(410);
        }
        assertThat(service.predictions(whole, ServiceInMemory.operator("reads"), Map.of())
                        .getStatusCode())
                .isEqualTo(410);
        assertThat(service.predictions(whole, ServiceInMemory.operator("reads"), Map.of("client", "another"))
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void withoutTheModelThatScoredItARequestIsNotExplained() {
        var requestId = requestId(service.predict(Map.of()));
        service.models.promote(ModelFixtures.constant("8", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        service.predict(Map.of());
        service.models.reachable(false);

        assertThat(service.predictions(requestId, Map.of(), EXPLAIN).getStatusCode())
                .isEqualTo(503);
        assertThat(service.predictions(requestId, Map.of(), Map.of()).getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aRequestWhoseModelIsLostIsShownButCannotBeExplained() {
        var requestId = requestId(service.predict(Map.of()));
        service.models.lose(new ModelIdentity(new ModelVersion("baseline"), Sha256.of(BaselineBundle.manifest())));
        service.models.promote(ModelFixtures.constant("8", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        service.predict(Map.of());

        var refused = service.predictions(requestId, Map.of(), EXPLAIN);

        assertThat(refused.getStatusCode()).isEqualTo(409);
        assertThat(JsonDocument.parse(refused.getBody()).text("detail"))
                .isEqualTo(
                        "the model that answered cannot explain it any more: the bundle of version baseline is damaged");
        assertThat(refused.getHeaders()).doesNotContainKey("Retry-After");
        assertThat(service.predictions(requestId, Map.of(), Map.of()).getStatusCode())
                .isEqualTo(200);
    }

    private static String requestId(APIGatewayProxyResponseEvent answer) {
        return requireNonNull(answer.getHeaders().get("X-Request-Id"));
    }

    private static double sum(JsonDocument explanation) {
        double sum = explanation.number("base_log_odds");
        for (var feature : FeatureSchema.CONTRACT.features()) {
            sum += explanation.document("contributions").number(feature.fieldName());
        }
        return sum;
    }
}
