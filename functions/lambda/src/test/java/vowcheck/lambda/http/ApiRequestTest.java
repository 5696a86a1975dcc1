package vowcheck.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    @ParameterizedTest
    @CsvSource({
        "t15%5Fpercent, t15_percent",
        "a+b, a+b",
        "%C3%A4, ä",
        "%255F, %5F",
        "not%20encoded%, not%20encoded%",
        "%zz, %zz",
        "%-1, %-1"
    })
    void aPathsValuesAreDecodedOnce(String received, String decoded) {
        var request = read("""
                {"httpMethod": "GET", "pathParameters": {"id": "%s"}}""".formatted(received));

        assertThat(request.pathParameters()).isEqualTo(Map.of("id", decoded));
    }

    /// API Gateway has decoded them.
    @Test
    void theValuesOfAQueryAndOfHeadersStayAsTheyAre() {
        var request = read("""
                {"queryStringParameters": {"from": "%31"}, "headers": {"If-None-Match": "%22"}}""");

        assertThat(request.query()).isEqualTo(Map.of("from", "%31"));
        assertThat(request.header("If-None-Match")).contains("%22");
    }

    @Test
    void whatAnEventLacksIsAbsent() {
        var complete = read("""
                {"httpMethod": "get", "resource": "/docs", "headers": {"A": "b"}, "body": "x",
                 "requestContext": {"authorizer": {"a": ["b"]}, "identity": {"apiKey": "k", "apiKeyId": "i"}}}""");
        assertRead(complete, "GET", "/docs", Map.of("a", "b"), "k", "x");

        var nulls = read("""
                {"requestContext": null, "headers": null, "pathParameters": null, "queryStringParameters": null,
                 "body": null, "isBase64Encoded": null, "httpMethod": "GET", "resource": "/docs"}""");
        assertRead(nulls, "GET", "/docs", Map.of(), "", "");

        var nullsWithin = read("""
                {"headers": {"a": null, "b": ["c", {"d": "e"}], "f": "g"}, "requestContext": {"identity": {"apiKey": null}},
                 "pathParameters": {"id": null}, "queryStringParameters": ["from"], "httpMethod": "GET"}""");
        assertRead(nullsWithin, "GET", "", Map.of("f", "g"), "", "");

        assertThat(read("{\"requestContext\": {\"identity\": null}, \"httpMethod\": \"GET\"}")
                        .method())
                .isEqualTo("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "\"text\"", "42"})
    void anEventWithoutFieldsAsksForNothing(String event) {
        assertRead(read(event), "", "", Map.of(), "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"httpMethod\"", "{\"headers\": {\"a\"", "not JSON", "{\"body\": \"x\\ud8"})
    void whatIsNoEventIsABadRequest(String event) {
        assertThatThrownBy(() -> read(event)).isInstanceOf(MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "/w==", "e30= ", "ä"})
    void aBodyThatIsNotUtf8InBase64IsABadRequest(String body) {
        assertThatThrownBy(() -> read("{\"isBase64Encoded\": true, \"body\": \"%s\"}".formatted(body)))
                .isInstanceOf(MalformedRequest.class);
    }

    @Test
    void fieldsAfterTheBodyAreRead() {
        var request = read("""
                {"body": "\\"\\u007b\\\\ ö", "isBase64Encoded": false, "resource": "/docs"}""");

        assertThat(request.body().text()).isEqualTo("\"{\\ ö");
        assertThat(request.resource()).isEqualTo("/docs");
    }

    @Test
    void aBodyIsDecodedWhetherTheEventSaysSoBeforeItOrAfterIt() {
        assertThat(read("{\"isBase64Encoded\": true, \"body\": \"e30=\"}")
                        .body()
                        .text())
                .isEqualTo("{}");
        assertThat(read("{\"body\": \"e30=\", \"isBase64Encoded\": true}")
                        .body()
                        .text())
                .isEqualTo("{}");
    }

    /// Its escapes make the event longer than that.
    @Test
    void aBodyMayHaveSixMillionCharactersAndNoMore() {
        var most = "\\n".repeat(6_000_000);

        assertThat(read("{\"body\": \"%s\"}".formatted(most)).body().length()).isEqualTo(6_000_000);
        assertThatThrownBy(() -> read("{\"body\": \"%sx\"}".formatted(most))).isInstanceOf(BodyTooLarge.class);
    }

    private static void assertRead(
            ApiRequest read, String method, String resource, Map<String, String> headers, String apiKey, String body) {
        assertThat(read).isEqualTo(new ApiRequest(method, resource, Map.of(), Map.of(), headers, apiKey, read.body()));
        assertThat(read.body().text()).isEqualTo(body);
    }

    private static ApiRequest read(String event) {
        return ApiRequest.read(event.getBytes(StandardCharsets.UTF_8));
    }
}
