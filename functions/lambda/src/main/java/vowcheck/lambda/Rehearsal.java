package vowcheck.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Application;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.lambda.http.Routes;

/// Goes the scoring function's whole way before SnapStart's snapshot, so that the first request finds the
/// model read and the classes loaded: events of every kind that clerks send, from the event's bytes to the
/// answer's. What it rehearses with stores nothing, sends nothing and counts for nothing.
///
/// The ways to PostgreSQL and to the queue cannot be gone without a connection. Their classes are loaded by a
/// list, `first-request-classes.txt`; `SnapStartTest` tells which ones it lacks.
final class Rehearsal implements Runnable {

    private static final String GOOD = "{\"statusCode\":200,";

    private static final String CLASSES = "first-request-classes.txt";

    private static final Logger LOG = System.getLogger(Rehearsal.class.getName());

    private final CurrentModel currentModel;
    private final Routes routes;

    /// @param currentModel the one that serves, which reads the model here
    /// @param routes the service's calls over a log that stores nothing
    Rehearsal(CurrentModel currentModel, Routes routes) {
        this.currentModel = currentModel;
        this.routes = routes;
    }

    /// Does what it can. Without it the first request is slow, and nothing else: before the first training
    /// there is no model, and the function is deployed all the same.
    @Override
    public void run() {
        try {
            loadClasses();
            var manifest = currentModel.model().manifest();
            currentModel.checkAgain(); // for an unchanged pointer S3's answer is another one
            for (var event : events(manifest.smoke().application())) {
                if (!answer(event).startsWith(GOOD)) {
                    LOG.log(Level.WARNING, "a rehearsed request failed: the first ones after a restore will be slow");
                    return;
                }
            }
            answer(post("/predict", Map.of(), "en", false)); // refused
            LOG.log(
                    Level.INFO,
                    "the snapshot holds version {0}, rehearsed",
                    manifest.version().value());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the snapshot is taken without a rehearsal: {0}", e.getMessage());
        }
    }

    private String answer(Map<String, ?> event) {
        var bytes = JsonDocument.write(event).getBytes(StandardCharsets.UTF_8);
        var answer = new ByteArrayOutputStream();
        routes.handle(new ByteArrayInputStream(bytes), answer);
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static List<Map<String, ?>> events(Application application) {
        var fields = new LinkedHashMap<String, Object>();
        application.schema().features().forEach(feature -> fields.put(feature.fieldName(), application.value(feature)));
        var batch = Map.of("instances", List.of(fields, fields));
        return List.of(
                post("/predict", fields, "en", false),
                post("/predict", fields, "en", true),
                post("/predict", fields, "de", true),
                post("/batch_predict", batch, "en", false),
                post("/batch_predict", batch, "de", true));
    }

    private static Map<String, ?> post(String resource, Map<String, ?> body, String language, boolean explain) {
        var event = new LinkedHashMap<String, Object>();
        event.put("resource", resource);
        event.put("path", resource);
        event.put("httpMethod", "POST");
        event.put("headers", Map.of("Content-Type", "application/json", "Accept-Language", language));
        event.put("queryStringParameters", Map.of("explain", String.valueOf(explain)));
        event.put("requestContext", Map.of("identity", Map.of("apiKeyId", "rehearsal")));
        event.put("body", JsonDocument.write(body));
        event.put("isBase64Encoded", false);
        return event;
    }

    private static void loadClasses() {
        try (var list = Objects.requireNonNull(Rehearsal.class.getResourceAsStream(CLASSES))) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(Rehearsal::load);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name);
        } catch (ClassNotFoundException | LinkageError e) {
            // The list is of another version of a library: the first request loads what it has in its place.
            LOG.log(Level.DEBUG, "the class {0} is not there: {1}", name, e.getMessage());
        }
    }
}
