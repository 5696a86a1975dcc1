package vowcheck.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Single calls over HTTP. The JDK's other client prepares TLS and threads even for plain HTTP, which takes longer than
/// a call to this machine.
final class HttpRequests {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int FIRST_ERROR = 400;

    private HttpRequests() {}

    /// Sends a request, and returns its answer.
    ///
    /// @param body of a POST; without one, it is a GET
    /// @param limit of the time without a byte of the answer
    static HttpAnswer send(URI url, Map<String, String> headers, @Nullable String body, Duration limit)
            throws IOException {
        var connection = connection(url, limit);
        headers.forEach(connection::setRequestProperty);
        if (body != null) {
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = connection.getResponseCode();
        try (var in = status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            return new HttpAnswer(status, text(in), connection.getHeaderFields());
        }
    }

    /// Without a redirection, and not yet opened.
    static HttpURLConnection connection(URI url, Duration limit) throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private static String text(@Nullable InputStream in) throws IOException {
        return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
