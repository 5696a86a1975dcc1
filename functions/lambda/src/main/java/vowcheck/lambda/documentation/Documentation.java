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
import vowcheck.lambda.http.RequestRefused;

/// The documentation of the API: a page, the files that it loads, and the OpenAPI document. They are public.
public final class Documentation {

    private static final DocumentationFile PAGE = new DocumentationFile("page.html", "text/html");
    private static final DocumentationFile DOCUMENT = new DocumentationFile("openapi.json", "application/json");

    /// The files that the page loads, by name.
    private static final Map<String, DocumentationFile> ASSETS = Stream.of(
                    new DocumentationFile("page.js", "text/javascript"),
                    new DocumentationFile("swagger-ui.css", "text/css"),
                    new DocumentationFile("swagger-ui-bundle.js", "text/javascript"),
                    new DocumentationFile("swagger-ui-bundle.js.LICENSE.txt", "text/plain"))
            .collect(Collectors.toUnmodifiableMap(DocumentationFile::name, Function.identity()));

    private Documentation() {}

    /// The page that shows the OpenAPI document.
    public static ApiResponse page(ApiRequest request, RequestId requestId) {
        return PAGE.answer(request);
    }

    /// The OpenAPI document.
    public static ApiResponse document(ApiRequest request, RequestId requestId) {
        return DOCUMENT.answer(request);
    }

    /// A file that the page loads.
    public static ApiResponse asset(ApiRequest request, RequestId requestId) {
        @Nullable DocumentationFile asset = ASSETS.get(request.pathParameters().getOrDefault("asset", ""));
        if (asset == null) {
            throw new RequestRefused(Problem.of(404, "Not Found", "the documentation has no such file"));
        }
        return asset.answer(request);
    }
}
