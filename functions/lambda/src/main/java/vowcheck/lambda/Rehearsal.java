package vowcheck.lambda;

import static vowcheck.lambda.http.ApiRoute.BATCH_PREDICT;
import static vowcheck.lambda.http.ApiRoute.PREDICT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.http.ApplicationJson;
import vowcheck.lambda.http.Router;

/// Answers events of every kind that clerks send before SnapStart takes its snapshot, so that the first request after
/// a restore finds the model read and the classes loaded. Nothing that is rehearsed is stored, queued or counted.
///
/// The code that speaks to PostgreSQL and to the queue cannot run here, since a connection does not outlive a
/// snapshot. Its classes are loaded from a list, `first-request-classes.txt`; `SnapStartTest` prints those that it
/// lacks.
final class Rehearsal implements Runnable {

    private static final String GOOD = "{\"statusCode\":200,";

    /// Of no client; it has the form of a key, so that the same code reads it.
    private static final String REHEARSED_KEY = "rehearsal" + "0".repeat(40);

    private static final String CLASSES = "first-request-classes.txt";

    private static final Logger LOG = System.getLogger(Rehearsal.class.getName());

    /// The longest that a snapshot waits for a shadow's bundle.
    private static final Duration SHADOW_LIMIT = Duration.ofSeconds(10);

    private final CurrentModel currentModel;
    private final ShadowScoring shadows;
    private final FeatureSchema schema;
    private final Router router;

    /// @param currentModel the one that serves requests later; it loads its model here
    /// @param shadows the one that scores beside it later; a shadow's bundle is read here, too
    /// @param schema the features that the routes read
    /// @param router calls that use the same model and store nothing
    Rehearsal(CurrentModel currentModel, ShadowScoring shadows, FeatureSchema schema, Router router) {
        this.currentModel = currentModel;
        this.shadows = shadows;
        this.schema = schema;
        this.router = router;
    }

    /// Does not fail. Before the first training there is no model to rehearse with, and the function must be deployed
    /// all the same; then its first requests are slow, which is the only consequence.
    @Override
    public void run() {
        try {
            loadClasses();
            var manifest = currentModel.model().manifest();
            currentModel.checkAgain(); // so that S3's answer for an unchanged pointer is rehearsed, too
            for (var event : events(manifest.smoke().application())) {
                if (!answer(event).startsWith(GOOD)) {
                    LOG.log(
                            Level.WARNING,
                            "a rehearsed request failed: the first requests after a restore will be slow");
                    return;
                }
                shadows.await(SHADOW_LIMIT); // The first of the events has let it begin.
            }
            answer(post(PREDICT, new JsonObject(), "en", false)); // a refusal
            LOG.log(
                    Level.INFO,
                    "the snapshot holds version {0}, rehearsed",
                    manifest.version().value());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the snapshot is taken without a rehearsal: {0}", e.getMessage());
        }
    }

    private String answer(JsonObject event) {
        var answer = new ByteArrayOutputStream();
        router.handle(event.utf8(), answer);
        return answer.toString(StandardCharsets.UTF_8);
    }

    private List<JsonObject> events(Application application) {
        var features = ApplicationJson.features(application).with(LoanId.FIELD_NAME, "rehearsed");
        // A feature that is newer than the model may be required all the same.
        application
                .missing(schema)
                .forEach(feature ->
                        features.with(feature.fieldName(), feature.bound().example()));
        var batch = new JsonObject().with("instances", List.of(features, features));
        return List.of(
                post(PREDICT, features, "en", false),
                post(PREDICT, features, "en", true),
                post(PREDICT, features, "de", true),
                post(BATCH_PREDICT, batch, "en", false),
                post(BATCH_PREDICT, batch, "de", true));
    }

    private static JsonObject post(ApiRoute route, JsonObject body, String language, boolean explain) {
        return new JsonObject()
                .with("resource", route.path())
                .with("path", route.path())
                .with("httpMethod", route.method())
                .with("headers", Map.of("Content-Type", "application/json", "Accept-Language", language))
                .with("queryStringParameters", Map.of("explain", String.valueOf(explain)))
                .with("requestContext", Map.of("identity", Map.of("apiKey", REHEARSED_KEY)))
                .with("body", body.json())
                .with("isBase64Encoded", false);
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
            // The list belongs to another version of a library, so the first request loads other classes.
            LOG.log(Level.DEBUG, "the class {0} of the list does not exist: {1}", name, e.getMessage());
        }
    }
}
