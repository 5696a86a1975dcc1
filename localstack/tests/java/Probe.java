import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Handlers of the tests' functions: whatever the test needs to see from inside.
public final class Probe {
    private static final AtomicInteger AUTHORIZED = new AtomicInteger();
    private static final String STARTED = Long.toString(ProcessHandle.current().pid());

    /// Does what `action` says; without one answers as an API's proxy integration.
    public Map<String, Object> handle(Map<String, Object> event, Context context) throws Exception {
        Object records = event.get("Records");
        if (records instanceof List<?> list) {
            list.forEach(record -> System.out.println("record " + ((Map<?, ?>) record).get("body")));
            return Map.of();
        }
        return switch (String.valueOf(event.get("action"))) {
            case "environment" -> new HashMap<>(System.getenv());
            case "say" -> {
                System.out.println("said " + event.get("text"));
                yield Map.of("pid", STARTED);
            }
            case "get" -> Map.of("body", get(String.valueOf(event.get("url"))));
            case "throw" -> throw new IllegalStateException("thrown on purpose");
            case "sleep" -> {
                Thread.sleep(60_000);
                yield Map.of();
            }
            default -> answer(event);
        };
    }

    /// A request authorizer: header X-Auth says what to do. `kept` allows GET of the paths that begin with /kept.
    public Map<String, Object> authorize(Map<String, Object> event, Context context) {
        Map<?, ?> headers = (Map<?, ?>) event.get("headers");
        String said = String.valueOf(headers.get("X-Auth"));
        if (said.equals("unknown")) {
            throw new RuntimeException("Unauthorized");
        }
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Action", "execute-api:Invoke");
        String method = String.valueOf(event.get("methodArn"));
        boolean kept = said.startsWith("kept");
        statement.put("Effect", said.equals("allow") || kept ? "Allow" : "Deny");
        statement.put("Resource", kept ? List.of(method.replaceFirst("(/[^/]*)/.*", "$1/GET/kept*")) : method);
        String role = kept ? "call " + AUTHORIZED.incrementAndGet() : "tester";
        return Map.of(
                "principalId", "operator",
                "policyDocument", Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
                "context", Map.of("role", role, "mlflow_authorization", "Basic YWRtaW46cHc="));
    }

    private static Map<String, Object> answer(Map<String, Object> event) {
        Map<?, ?> request = (Map<?, ?>) event.get("requestContext");
        Object authorizer = request == null ? null : request.get("authorizer");
        Object role = authorizer instanceof Map<?, ?> map ? map.get("role") : null;
        return Map.of("statusCode", 200, "body", System.getenv("REVISION") + " " + role);
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
