package vowcheck.adapters.mlflow;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.RegistryUnavailable;

/// Calls MLflow: a time limit for each attempt, a few attempts with growing pauses where a later one may
/// succeed, and failures that name the call. Not thread-safe.
final class MlflowHttp {

    private static final Logger LOG = System.getLogger(MlflowHttp.class.getName());

    private static final int ATTEMPTS = 4;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_SHOWN_CHARACTERS = 300;

    private final String base;
    private final Supplier<MlflowLogin> login;
    private final MlflowLimits limits;
    private final RandomGenerator random;
    private @Nullable HttpClient client;
    private @Nullable String authorization;

    MlflowHttp(URI base, Supplier<MlflowLogin> login, MlflowLimits limits, RandomGenerator random) {
        var text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.login = login;
        this.limits = limits;
        this.random = random;
    }

    JsonDocument get(String call, String query) {
        return document(call, send("GET", call, "/api/2.0/mlflow/" + call + "?" + query, null));
    }

    JsonDocument post(String call, Map<String, ?> body) {
        return document(call, send("POST", call, "/api/2.0/mlflow/" + call, json(body)));
    }

    void delete(String call, Map<String, ?> body) {
        send("DELETE", call, "/api/2.0/mlflow/" + call, json(body));
    }

    void putArtifact(String path, byte[] content) {
        send("PUT", "mlflow-artifacts", "/api/2.0/mlflow-artifacts/artifacts/" + path, content);
    }

    private static byte[] json(Map<String, ?> body) {
        return JsonDocument.write(body).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonDocument document(String call, String body) {
        try {
            return JsonDocument.parse(body);
        } catch (IllegalArgumentException e) {
            throw new RegistryUnavailable("MLflow's answer to %s is no JSON object".formatted(call), e);
        }
    }

    private String send(String method, String call, String path, byte @Nullable [] body) {
        var named = method + " " + call;
        for (int attempt = 1; ; attempt++) {
            try {
                var answer = client().send(request(method, path, body), BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return answer.body();
                }
                if (!mayPass(answer) || attempt == ATTEMPTS) {
                    throw refused(named, attempt, answer);
                }
                LOG.log(Level.INFO, "MLflow: {0} answered {1}, trying again", named, answer.statusCode());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new RegistryUnavailable(
                            "MLflow did not answer %s in %d attempts".formatted(named, attempt), e);
                }
                LOG.log(Level.INFO, "MLflow: {0} failed with {1}, trying again", named, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailable("interrupted while MLflow was asked for " + named, e);
            } catch (SecretUnavailable e) {
                throw new RegistryUnavailable("the secret of MLflow's user cannot be read", e);
            }
            pause(named, attempt);
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

    private HttpRequest request(String method, String path, byte @Nullable [] body) {
        if (authorization == null) {
            authorization = login.get().authorization();
        }
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limits.call())
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private static boolean mayPass(HttpResponse<String> answer) {
        return answer.statusCode() >= 500 || answer.statusCode() == TOO_MANY_REQUESTS;
    }

    private static MlflowRefused refused(String named, int attempt, HttpResponse<String> answer) {
        var errorCode = "";
        var message = "";
        try {
            var fields = JsonDocument.parse(answer.body());
            errorCode = fields.has("error_code") ? fields.text("error_code") : "";
            message = fields.has("message") ? fields.text("message") : "";
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "MLflow: {0} was refused without JSON", named);
        }
        if (message.length() > MOST_SHOWN_CHARACTERS) {
            message = message.substring(0, MOST_SHOWN_CHARACTERS) + "…";
        }
        return new MlflowRefused(
                "MLflow refused %s with status %d after %d attempts: %s %s"
                        .formatted(named, answer.statusCode(), attempt, errorCode, message)
                        .strip(),
                errorCode);
    }

    private void pause(String named, int attempt) {
        long mostMillis = limits.pause().toMillis() << (attempt - 1);
        try {
            Thread.sleep(Duration.ofMillis(random.nextLong(mostMillis / 2, mostMillis + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("interrupted while MLflow was asked for " + named, e);
        }
    }
}
