package vowcheck.launcher;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.launcher.setup.CommandFailed;

/// Calls the deployed HTTP API as the clerks' application does, or as an operator.
public final class Api {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final String url;
    private final Supplier<String> apiKey;
    private final Supplier<Optional<CallSignature>> signature;

    /// @param apiKey read only for the clerks' calls
    /// @param signature of the clerks' calls, where the stage requires one
    Api(String url, Supplier<String> apiKey, Supplier<Optional<CallSignature>> signature) {
        this.url = url;
        this.apiKey = apiKey;
        this.signature = signature;
    }

    /// The address.
    public String url() {
        return url;
    }

    /// Gets a path with the API key.
    public HttpAnswer get(String path) {
        return sendAsClerk(path, null);
    }

    /// Posts with the API key.
    public HttpAnswer post(String path, String json) {
        return sendAsClerk(path, json);
    }

    /// Gets a path that everyone may call.
    HttpAnswer getAsAnyone(String path) {
        return send(path, Map.of(), null);
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

    private HttpAnswer sendAsClerk(String path, @Nullable String json) {
        var key = Map.of("x-api-key", apiKey.get());
        return send(
                path,
                signature
                        .get()
                        .map(it -> it.headers(URI.create(url + path), key, json))
                        .orElse(key),
                json);
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
