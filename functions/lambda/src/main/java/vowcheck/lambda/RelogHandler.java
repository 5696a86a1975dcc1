package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.sqs.UnloggedMessages;

/// Stores the predictions that waited in the queue. A message that fails comes again by itself; the others of its
/// batch are done.
public final class RelogHandler implements RequestStreamHandler {

    private static final Logger LOG = System.getLogger(RelogHandler.class.getName());

    private final UnloggedMessages messages;

    /// For the Lambda runtime: wired from the environment.
    public RelogHandler() {
        this(new Wiring(Settings.fromEnvironment()).unloggedMessages());
    }

    RelogHandler(UnloggedMessages messages) {
        this.messages = messages;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        List<Map<String, String>> failed = new ArrayList<>();
        var records = JsonDocument.parse(new String(event.readAllBytes(), StandardCharsets.UTF_8))
                .documents("Records");
        for (var message : records) {
            try {
                messages.store(message.text("body"));
            } catch (RuntimeException e) { // whatever it is, it concerns this message only
                LOG.log(Level.ERROR, "message " + message.text("messageId") + " stays in the queue", e);
                failed.add(Map.of("itemIdentifier", message.text("messageId")));
            }
        }
        answer.write(JsonDocument.write(Map.of("batchItemFailures", failed)).getBytes(StandardCharsets.UTF_8));
    }
}
