package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.reasons.Reason;
import vowcheck.core.reasons.ReasonCode;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.Scoring;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.ApiRoute.Access;
import vowcheck.lambda.observation.MetricLog;

/// Compares the document with the code. [DocumentedAnswers] compares the handlers' answers with it in every test that
/// calls one.
class OpenApiDocumentTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final OpenApiDocument document = OpenApiDocument.served();
    private final JsonNode application = document.at("/components/schemas/Application");

    @Test
    void itIsAValidOpenApiDocument() {
        assertThat(document.faults()).isEmpty();
    }

    @Test
    void anApplicationHasTheFeaturesInTheirOrderAndItsLoan() {
        var names = FeatureSchema.CURRENT.features().stream()
                .map(Feature::fieldName)
                .toList();

        assertThat(application.get("properties").propertyNames())
                .containsExactlyElementsOf(Stream.concat(names.stream(), Stream.of(LoanId.FIELD_NAME))
                        .toList());
        assertThat(texts(application.get("required")))
                .containsExactlyElementsOf(FeatureSchema.CURRENT.features().stream()
                        .filter(feature -> !feature.mayBeMissing())
                        .map(Feature::fieldName)
                        .toList());
        assertThat(document.at("/components/schemas/Explanation/properties/contributions/properties")
                        .propertyNames())
                .containsExactlyElementsOf(names);
        assertThat(texts(document.at("/components/schemas/Reason/properties/feature/enum")))
                .containsExactlyElementsOf(names);
    }

    @Test
    void theBoundsOfFeaturesAreThoseOfTheCode() {
        for (var feature : FeatureSchema.CURRENT.features()) {
            var schema = application.get("properties").get(feature.fieldName());
            double least = schema.get("minimum").asDouble();
            double most = schema.get("maximum").asDouble();

            assertThat(feature.accepts(least)).as(feature + " least").isTrue();
            assertThat(feature.accepts(least - 1e-45)).as(feature + " less").isFalse();
            assertThat(feature.accepts(most)).as(feature + " most").isTrue();
            assertThat(feature.accepts(most * 1.0000001)).as(feature + " more").isFalse();
        }
    }

    @Test
    void theFormOfALoanIdIsThatOfTheCode() {
        var pattern = Pattern.compile(
                document.at("/components/schemas/LoanId/pattern").asString());

        assertThat(Stream.of("4711", "a._-Z", "x".repeat(64), "", "a b", "a/b", "ä", "x".repeat(65)))
                .allSatisfy(text -> assertThat(pattern.matcher(text).matches()).isEqualTo(LoanId.isId(text)));
    }

    @Test
    void limitsAreThoseOfTheCode() {
        assertThat(Map.of(
                        "Batch/properties/instances", Scoring.MOST_INSTANCES,
                        "BatchPrediction/properties/probabilities", Scoring.MOST_INSTANCES,
                        "BatchPrediction/properties/explanations", Explanations.MOST_INSTANCES,
                        "StoredPredictions/properties/predictions", PredictionAudit.PAGE,
                        "LoanPredictions/properties/predictions", PredictionAudit.PAGE,
                        "Explanation/properties/reasons", Reason.MOST))
                .allSatisfy((array, most) -> assertThat(document.at("/components/schemas/" + array + "/maxItems")
                                .asInt())
                        .isEqualTo(most));
    }

    @Test
    void reasonCodesAreThoseOfTheCode() {
        assertThat(texts(document.at("/components/schemas/Reason/properties/reason_code/enum")))
                .containsExactlyElementsOf(
                        Stream.of(ReasonCode.values()).map(ReasonCode::name).toList());
    }

    @Test
    void itDescribesEveryRouteAndWhoMayCallIt() {
        var described = new TreeMap<String, Access>();
        document.root()
                .get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        described.put(method.toUpperCase(Locale.ROOT) + " " + path, access(operation))));

        assertThat(described)
                .isEqualTo(Arrays.stream(ApiRoute.values())
                        .flatMap(route ->
                                route.methods().stream().map(method -> Map.entry(method + " " + route.path(), route)))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, call -> call.getValue().access())));
    }

    @Test
    void headIsDescribedAsGetWithoutABody() {
        var paths = document.root().get("paths");

        assertThat(paths.valueStream().filter(methods -> methods.has("get")))
                .hasSize(9)
                .allSatisfy(methods -> {
                    var get = methods.get("get");
                    var head = methods.get("head");
                    for (var field : List.of("tags", "security", "parameters")) {
                        assertThat(head.path(field)).as(field).isEqualTo(get.path(field));
                    }
                    assertThat(head.get("responses").propertyNames())
                            .isEqualTo(get.get("responses").propertyNames());
                    assertThat(head.get("responses"))
                            .allSatisfy(response -> assertThat(
                                            document.followed(response).has("content"))
                                    .isFalse());
                });
    }

    private static Access access(JsonNode operation) {
        var schemes = operation
                .get("security")
                .valueStream()
                .flatMap(each -> each.propertyNames().stream())
                .toList();
        if (schemes.contains("apiKey")) {
            return Access.API_KEY;
        }
        return schemes.contains("operator")
                ? Access.OPERATOR
                : schemes.contains("auditor") ? Access.AUDITOR : Access.PUBLIC;
    }

    /// `ScoringApiTest` checks that the API has these paths and no other.
    @Test
    void aPathAcceptsTheDocumentedMethods() {
        var handler = new PublicHandler(MetricLog.DISCARDED);
        var paths = document.root().get("paths");

        assertThat(paths.propertyNames()).allSatisfy(path -> {
            var methods = paths.get(path).propertyNames().stream().map(method -> method.toUpperCase(Locale.ROOT));
            var answer = Events.called(
                    handler,
                    new APIGatewayProxyRequestEvent().withHttpMethod("TRACE").withResource(path));
            assertThat(answer.getStatusCode()).isEqualTo(405);
            assertThat(answer.getHeaders()).containsEntry("Allow", methods.collect(Collectors.joining(", ")));
        });
    }

    @Test
    void theExamplesOfRequestsAreTheCommittedEvents() {
        var batch = JSON.readTree(Events.text("request_drift.json")).get("instances");

        assertThat(request("/predict")).isEqualTo(JSON.readTree(Events.text("request_1.json")));
        assertThat(request("/batch_predict").get("instances"))
                .hasSize(2)
                .isEqualTo(JSON.createArrayNode().add(batch.get(0)).add(batch.get(1)));
    }

    @Test
    void everyExampleFitsItsSchema() {
        var examples = document.root().findParents("examples");

        assertThat(examples)
                .hasSizeGreaterThan(15)
                .allSatisfy(content -> content.get("examples")
                        .forEach(example -> assertThat(
                                        document.strict().faults(content.get("schema"), example.get("value")))
                                .as(example.toString())
                                .isEmpty()));
    }

    /// The example of the path's request.
    private JsonNode request(String path) {
        return document.root()
                .get("paths")
                .get(path)
                .at("/post/requestBody/content/application~1json/examples")
                .iterator()
                .next()
                .get("value");
    }

    private static Stream<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString);
    }
}
