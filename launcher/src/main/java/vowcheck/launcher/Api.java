package vowcheck.launcher;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.launcher.setup.CommandFailed;

/// Calls the deployed HTTP API as the clerks' application does, or as an operator.
public final class Api {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final String url;
    private final Supplier<String> apiKey;

    /// @param apiKey read only for the clerks' calls
    Api(String url, Supplier<String> apiKey) {
        this.url = url.replaceAll("/+$", "");
        this.apiKey = apiKey;
    }

    /// The address without a slash at its end.
    public String url() {
        return url;
    }

    /// Gets a path with the API key.
    public HttpAnswer get(String path) {
        return send(path, asClerk(), null);
    }

    /// Posts with the API key.
    public HttpAnswer post(String path, String json) {
        return send(path, asClerk(), json);
    }

    /// A page or call of MLflow, as an operator.
    public HttpAnswer getMlflow(String path, OperatorLogin operator) {
        return send("/mlflow" + path, as(operator), null);
    }

    /// Gets one of the operators' and auditors' calls.
    public HttpAnswer get(String path, OperatorLogin operator) {
        return send(path, as(operator), null);
    }

    /// Posts to one of the operators' calls.
    public HttpAnswer post(String path, String json, OperatorLogin operator) {
        return send(path, as(operator), json);
    }

    private Map<String, String> asClerk() {
        return Map.of("x-api-key", apiKey.get());
    }

    private static Map<String, String> as(OperatorLogin operator) {
        return Map.of("Authorization", operator.basicAuthorization());
    }

    private HttpAnswer send(String path, Map<String, String> caller, @Nullable String json) {
        var headers = new HashMap<>(caller);
        if (json != null) {
            headers.put("Content-Type", "application/json");
        }
        try {
            return HttpRequests.send(URI.create(url + path), headers, json, ANSWER_LIMIT);
        } catch (IOException e) {
            throw new CommandFailed("the API at %s does not answer".formatted(url), e);
        }
    }
}
