package vowcheck.adapters.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.RegistryUnavailable;

/// The calls that MLflow's client does not offer: storing an artifact without Python, DELETE and PATCH. Not
/// thread-safe.
final class MlflowHttp {

    private static final String API = "/api/2.0/";

    private final String base;
    private final Supplier<MlflowLogin> login;
    private final MlflowLimits limits;
    private final Attempts attempts;
    private @Nullable HttpClient client;

    MlflowHttp(String base, Supplier<MlflowLogin> login, MlflowLimits limits, Attempts attempts) {
        this.base = base;
        this.login = login;
        this.limits = limits;
        this.attempts = attempts;
    }

    void putArtifact(String path, byte[] content) {
        send("PUT", "mlflow-artifacts", "mlflow-artifacts/artifacts/" + path, content);
    }

    void delete(String call, JsonObject body) {
        send("DELETE", call, "mlflow/" + call, body.utf8());
    }

    void patch(String call, JsonObject body) {
        send("PATCH", call, "mlflow/" + call, body.utf8());
    }

    private void send(String method, String call, String path, byte[] body) {
        var named = method + " " + call;
        attempts.answer(named, () -> sendOnce(named, method, path, body));
    }

    private String sendOnce(String named, String method, String path, byte[] body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + API + path))
                    .timeout(limits.call())
                    .header("Authorization", login.get().authorization())
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build();
            var answer = client().send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new ErrorStatus(answer.statusCode(), answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("interrupted while MLflow was asked for " + named, e);
        }
    }

    private HttpClient client() {
        if (client == null) {
            // HTTP/1.1: MLflow's server speaks nothing newer, and an upgrade costs a failed attempt.
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(limits.connect())
                    .build();
        }
        return client;
    }
}
