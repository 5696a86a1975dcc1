package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vowcheck.lambda.observation.MetricLog;

class DocumentationTest {

    private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    private final PublicHandler handler = new PublicHandler(MetricLog.DISCARDED);

    @Test
    void allFilesThatThePageLoadsAreServedByTheApi() {
        var loaded = LOADED.matcher(get("/docs").getBody()).results().map(link -> link.group(1));

        assertThat(loaded.filter(link -> !link.equals("data:,")))
                .hasSizeGreaterThan(3)
                .allSatisfy(link -> assertThat(get("/" + link).getStatusCode()).isEqualTo(200));
    }

    @Test
    void thePageMayLoadNothingFromOtherHosts() {
        assertThat(get("/docs").getHeaders().get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("http", "*", "unsafe");
    }

    @Test
    void everyFileHasItsContentType() {
        assertThat(Map.of(
                        "/docs", "text/html",
                        "/docs/page.js", "text/javascript",
                        "/docs/swagger-ui.css", "text/css",
                        "/openapi.json", "application/json"))
                .allSatisfy((path, type) -> assertThat(get(path).getHeaders())
                        .containsEntry("Content-Type", type + "; charset=utf-8")
                        .containsEntry("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void aBrowserThatHasAFileInItsCacheIsNotSentItAgain() {
        var tag = get("/docs/swagger-ui.css").getHeaders().get("ETag");

        for (var known : new String[] {tag, "W/" + tag, "\"another\", " + tag}) {
            var again = get("/docs/swagger-ui.css", Map.of("if-none-match", known));
            assertThat(again.getStatusCode()).as(known).isEqualTo(304);
            assertThat(again.getBody()).isEmpty();
        }
        assertThat(get("/docs/swagger-ui.css", Map.of("if-none-match", "\"another\""))
                        .getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void theFilesAreExactlyThoseThatTheDocumentNames() {
        var assets = OpenApiDocument.served().root().at("/paths/~1docs~1{asset}/get/parameters/0/schema/enum");

        assertThat(assets.valueStream().map(asset -> "/docs/" + asset.asString()))
                .hasSize(4)
                .allSatisfy(path -> assertThat(get(path).getStatusCode()).isEqualTo(200));
        for (var path : new String[] {"/docs/page.html", "/docs/Documentation.class", "/docs/..", "/docs/"}) {
            assertThat(get(path).getStatusCode()).as(path).isEqualTo(404);
        }
    }

    private APIGatewayProxyResponseEvent get(String path) {
        return get(path, Map.of());
    }

    private APIGatewayProxyResponseEvent get(String path, Map<String, String> headers) {
        boolean asset = path.startsWith("/docs/");
        return Events.called(
                handler,
                new APIGatewayProxyRequestEvent()
                        .withHttpMethod("GET")
                        .withResource(asset ? "/docs/{asset}" : path)
                        .withPathParameters(asset ? Map.of("asset", path.substring("/docs/".length())) : null)
                        .withHeaders(headers));
    }
}
