package vowcheck.lambda.documentation;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.Routes;

/// The calls that answer with documentation: the page, what it loads, and the OpenAPI document. They are public.
public final class Documentation {

    private static final DocumentationFile PAGE = new DocumentationFile("page.html", "text/html");
    private static final DocumentationFile DOCUMENT = new DocumentationFile("openapi.json", "application/json");

    /// What the page loads, by name.
    private static final Map<String, DocumentationFile> ASSETS = Stream.of(
                    new DocumentationFile("page.js", "text/javascript"),
                    new DocumentationFile("swagger-ui.css", "text/css"),
                    new DocumentationFile("swagger-ui-bundle.js", "text/javascript"),
                    new DocumentationFile("swagger-ui-bundle.js.LICENSE.txt", "text/plain"))
            .collect(Collectors.toUnmodifiableMap(DocumentationFile::name, Function.identity()));

    /// The calls by resource and method.
    public Map<String, Map<String, Routes.Call>> byResource() {
        return Map.of(
                "/docs", Map.of("GET", (request, _) -> PAGE.answer(request)),
                "/docs/{asset}", Map.of("GET", Documentation::asset),
                "/openapi.json", Map.of("GET", (request, _) -> DOCUMENT.answer(request)));
    }

    private static ApiResponse asset(ApiRequest request, RequestId requestId) {
        @Nullable DocumentationFile asset = ASSETS.get(request.pathParameters().getOrDefault("asset", ""));
        return asset == null
                ? Problem.of(404, "Not Found", "the documentation has no such file")
                        .response()
                : asset.answer(request);
    }
}
