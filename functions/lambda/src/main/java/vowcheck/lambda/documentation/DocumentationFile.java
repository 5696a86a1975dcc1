package vowcheck.lambda.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import vowcheck.core.model.Sha256;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;

/// A text file of the documentation, a resource in this package. It is read at each request: requests for it are
/// rare, and the scoring function should not keep it in memory.
record DocumentationFile(String name, String contentType) {

    /// The page may load from its own origin only, except icons that Swagger UI's style has as `data:` URLs. No other
    /// page may frame it.
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    /// The file, or 304 if `If-None-Match` contains its ETag.
    ApiResponse answer(ApiRequest request) {
        var bytes = bytes();
        var tag = "\"" + Sha256.of(bytes).hex() + "\"";
        var caching = Map.of("ETag", tag, "Cache-Control", "no-cache"); // cached, but revalidated each time
        if (request.header("If-None-Match").filter(known -> names(known, tag)).isPresent()) {
            return new ApiResponse(304, caching, "");
        }
        return new ApiResponse(200, caching, new String(bytes, StandardCharsets.UTF_8))
                .with("Content-Type", contentType + "; charset=utf-8")
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
    }

    /// Whether a tag is among those of `If-None-Match`. A weak tag matches, too: a proxy that compresses the file
    /// makes the tag a weak one.
    private static boolean names(String ifNoneMatch, String tag) {
        return Arrays.stream(ifNoneMatch.split(","))
                .map(known -> known.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    private byte[] bytes() {
        try (var file = DocumentationFile.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
