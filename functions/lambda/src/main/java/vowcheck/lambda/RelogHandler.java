package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.STAGE;
import static vowcheck.adapters.settings.Setting.TOMBSTONE_KEY_SECRET;
import static vowcheck.adapters.settings.Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL;
import static vowcheck.adapters.settings.Setting.UNLOGGED_QUEUE_URL;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.scoring.QueuedMessage;
import vowcheck.core.scoring.Relogging;
import vowcheck.lambda.observation.LogContext;
import vowcheck.lambda.observation.RelogMetrics;

/// Stores the predictions that wait in the queue. SQS delivers the postponed messages of a batch again and deletes
/// the others.
public final class RelogHandler implements RequestStreamHandler {

    /// The settings that the handler reads from its environment.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAuthentication.SETTINGS,
            STAGE,
            MODEL_BUCKET,
            UNLOGGED_QUEUE_URL,
            UNLOGGED_DEAD_LETTER_QUEUE_URL,
            TOMBSTONE_KEY_SECRET);

    /// What an invocation needs besides storing rows.
    public static final Duration REST = StoringTime.REST;

    private final Relogging relogging;
    private final RelogMetrics metrics;
    private final StoringTime time;

    /// For the Lambda runtime: wired from the environment.
    public RelogHandler() {
        var wiring = new Wiring(Settings.fromEnvironment(SETTINGS));
        var time = new StoringTime();
        this(wiring.relogging(time), wiring.relogMetrics(), time);
    }

    /// @param time the one that `relogging` asks
    RelogHandler(Relogging relogging, RelogMetrics metrics, StoringTime time) {
        this.relogging = relogging;
        this.metrics = metrics;
        this.time = time;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        time.begin(context);
        try (var _ = LogContext.of(context)) {
            var messages =
                    JsonDocument.parse(new String(event.readAllBytes(), StandardCharsets.UTF_8))
                            .documents("Records")
                            .stream()
                            .map(RelogHandler::message)
                            .toList();
            var relogged = relogging.relog(messages);
            metrics.relogged(relogged);
            var failures = relogged.postponed().stream()
                    .map(message -> new JsonObject().with("itemIdentifier", message.id()))
                    .toList();
            answer.write(new JsonObject().with("batchItemFailures", failures).utf8());
        }
    }

    private static QueuedMessage message(JsonDocument item) {
        return new QueuedMessage(
                item.text("messageId"),
                item.text("receiptHandle"),
                Integer.parseInt(item.document("attributes").text("ApproximateReceiveCount")),
                item.text("body"));
    }
}
