package vowcheck.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import vowcheck.launcher.setup.CommandFailed;

/// Calls the deployed HTTP API as the clerks' application does.
public final class Api {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final String url;
    private final String apiKey;
    private final HttpClient client = LocalHttp.client(CONNECT_LIMIT);

    Api(String url, String apiKey) {
        this.url = url.replaceAll("/+$", "");
        this.apiKey = apiKey;
    }

    /// The address without a slash at its end.
    public String url() {
        return url;
    }

    /// Gets a path with the API key.
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /// Posts with the API key.
    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// A page or call of MLflow, as an operator.
    public HttpResponse<String> getMlflow(String path, OperatorLogin operator) {
        return send(request("/mlflow" + path)
                .header("Authorization", operator.basicAuthorization())
                .GET());
    }

    /// Gets one of the operators' and auditors' calls.
    public HttpResponse<String> get(String path, OperatorLogin operator) {
        return send(request(path)
                .header("Authorization", operator.basicAuthorization())
                .GET());
    }

    /// Posts to one of the operators' calls.
    public HttpResponse<String> post(String path, String json, OperatorLogin operator) {
        return send(request(path)
                .header("Authorization", operator.basicAuthorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER_LIMIT)
                .header("x-api-key", apiKey);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailed("the API at %s does not answer".formatted(url), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while waiting for the API", e);
        }
    }
}
