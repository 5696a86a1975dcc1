package vowcheck.launcher;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;

/// How a local system is and how it is reached. Each service is asked; nothing is taken from what was deployed.
final class SystemStatus {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String HEALTHY = "healthy";

    private final Map<String, String> services = new LinkedHashMap<>();
    private final Map<String, String> access = new LinkedHashMap<>();

    /// Asks every service; without an endpoint nothing was ever started.
    SystemStatus(LocalFolder folder, Path env, @Nullable URI endpoint) {
        check("localstack", () -> ping(endpoint));
        if (!healthy()) {
            for (var service : new String[] {"database", "model", "api"}) {
                services.put(service, "down");
            }
            return;
        }
        var stage = new Stage[1];
        check("deployment", () -> stage[0] = new Stage(Deployment.read(folder.outputs()), endpoint(endpoint)));
        if (stage[0] != null) {
            ask(stage[0], OperatorLogin.find(env, folder.operator()).orElse(null));
        }
    }

    boolean healthy() {
        return services.values().stream().allMatch(HEALTHY::equals);
    }

    void print(PrintStream out) {
        services.forEach((service, state) -> out.printf("%-12s %s%n", service, state));
        if (access.containsKey("api_url")) {
            out.printf("%nAPI          %s%n", access.get("api_url"));
            out.println("passwords    ./vowcheck status --json");
        }
    }

    void printJson(PrintStream out) {
        var fields = new LinkedHashMap<String, Object>(access);
        fields.put("services", services);
        fields.put("healthy", healthy());
        out.println(JsonDocument.write(fields));
    }

    private void ask(Stage stage, @Nullable OperatorLogin operator) {
        check("database", () -> {
            try (var connection = stage.database(LIMIT).getConnection();
                    var statement = connection.createStatement()) {
                return statement.execute("SELECT 1 FROM prediction_logs LIMIT 1");
            }
        });
        check("api", () -> expect(200, stage.api().get("/model-info")));
        access.put("endpoint_url", stage.endpoint().toString());
        access.put("api_url", stage.apiUrl());
        access.put("bucket", stage.bucket());
        check("secrets", () -> {
            access.put("api_key", stage.apiKey());
            access.put("database_url", stage.databaseUrl());
            return true;
        });
        if (operator != null) {
            access.put("operator_user", operator.user());
            access.put("operator_password", operator.password());
        }
    }

    private static Object ping(@Nullable URI endpoint) throws Exception {
        var request = HttpRequest.newBuilder(endpoint(endpoint).resolve("/_localstack/health"))
                .timeout(LIMIT)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return expect(200, client.send(request, HttpResponse.BodyHandlers.ofString()));
        }
    }

    private static URI endpoint(@Nullable URI endpoint) {
        if (endpoint == null) {
            throw new CommandFailed("not started");
        }
        return endpoint;
    }

    private static Object expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new CommandFailed("status %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        return answer;
    }

    /// Whatever a service does instead of answering is its state.
    private void check(String service, Check check) {
        try {
            check.run();
            services.put(service, HEALTHY);
        } catch (Exception e) {
            services.put(service, "down: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private interface Check {
        @Nullable Object run() throws Exception;
    }
}
