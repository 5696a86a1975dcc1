package vowcheck.launcher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.TextTable.Cell;
import vowcheck.launcher.setup.CommandFailed;

/// What was found out about a stage: which of its services are healthy, and what could not be found out. Threads may
/// look at different services at the same time.
final class ServiceChecks {

    /// What predictions need, as the readiness check names it.
    static final List<String> NEEDED_BY_PREDICTIONS = List.of("database", "model", "queue");

    private static final String HEALTHY = "healthy";
    private static final String OFF = "off: ";
    private static final int READY = 200;
    private static final int NOT_READY = 503;

    private final Map<String, String> services = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> unknown = Collections.synchronizedMap(new TreeMap<>());

    /// @param expected the services; each is down until it was looked at
    ServiceChecks(List<String> expected) {
        expected.forEach(service -> services.put(service, "down"));
    }

    /// A thread for each look. Not virtual ones: these wait for sockets in a thread that is in native code, and a JVM
    /// waits 0.3 s for such a thread before it ends.
    static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    }

    /// Looks at a service. Whatever the failure is, it becomes the service's state. Returns whether it is healthy.
    boolean check(String service, Check check) {
        try {
            check.run();
            services.put(service, HEALTHY);
            return true;
        } catch (Exception e) {
            services.put(service, e.getMessage() == null ? "down" : "down: " + e.getMessage());
            return false;
        }
    }

    /// Notes that a service is off because somebody wants it so, which is no fault.
    void off(String service, String why) {
        services.put(service, OFF + why);
    }

    /// Finds something out. What cannot be found out does not hide the rest.
    void find(String what, Runnable finding) {
        try {
            finding.run();
        } catch (RuntimeException e) {
            unknown.put(what, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /// Asks what predictions need: that is what the scoring function finds when it looks, with its own rights. The
    /// answer shows that the API works, too.
    void askReadiness(DeployedStage stage, OperatorLogin operator) {
        var failed = "not asked, since the API does not answer";
        NEEDED_BY_PREDICTIONS.forEach(part -> services.put(part, failed));
        check("api", () -> {
            var answer = stage.api().get("/operations/readiness", operator);
            if (answer.status() != READY && answer.status() != NOT_READY) {
                return expectOk(answer);
            }
            var parts = JsonDocument.parse(answer.body()).document("checks");
            NEEDED_BY_PREDICTIONS.forEach(part -> services.put(part, health(parts.document(part))));
            return answer;
        });
    }

    /// Asks MLflow.
    void askMlflow(DeployedStage stage, OperatorLogin operator) {
        check("mlflow", () -> expectOk(stage.api().getMlflow("/health", operator)));
    }

    /// Whether every service is healthy or off, and everything else could be found out.
    boolean healthy() {
        return services.values().stream().allMatch(ServiceChecks::isFine) && unknown.isEmpty();
    }

    /// Whether it is known.
    boolean knows(String what) {
        return !unknown.containsKey(what);
    }

    /// A row for each service.
    void addServices(TextTable table, Style style) {
        services.forEach((service, health) ->
                table.row(Cell.plain(service), new Cell(health, isFine(health) ? style::good : style::bad)));
    }

    /// A row for each thing that could not be found out.
    void addUnknown(TextTable table, Style style) {
        unknown.forEach((what, why) -> table.row(Cell.plain(what), new Cell("unknown: " + why, style::bad)));
    }

    /// The fields `services`, `unknown` where there is any, and `healthy`.
    JsonObject addTo(JsonObject json) {
        return json.with("services", services)
                .withPresent("unknown", Optional.of(unknown).filter(parts -> !parts.isEmpty()))
                .with("healthy", healthy());
    }

    /// The answer, if its status is 200; throws [CommandFailed] otherwise.
    static HttpAnswer expectOk(HttpAnswer answer) {
        if (answer.status() != READY) {
            throw new CommandFailed("status %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }

    private static boolean isFine(String health) {
        return health.equals(HEALTHY) || health.startsWith(OFF);
    }

    private static String health(JsonDocument part) {
        return part.text("status").equals("ok") ? HEALTHY : "down: " + part.text("reason");
    }

    /// A look at a service, which fails unless it is healthy.
    interface Check {
        Object run() throws Exception;
    }
}
