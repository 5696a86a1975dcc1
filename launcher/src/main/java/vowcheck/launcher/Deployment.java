package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vowcheck.adapters.json.JsonDocument;

/// What `cdk deploy` wrote down about a stage: the outputs of its two stacks.
final class Deployment {

    private final JsonDocument data;
    private final JsonDocument service;

    private Deployment(JsonDocument data, JsonDocument service) {
        this.data = data;
        this.service = service;
    }

    /// Reads the outputs file; throws [CommandFailed] when the stage is not deployed.
    static Deployment read(Path outputsFile) {
        try {
            var outputs = JsonDocument.parse(Files.readString(outputsFile));
            return new Deployment(outputs.document("vowcheck-local-data"), outputs.document("vowcheck-local-service"));
        } catch (IOException e) {
            throw new CommandFailed("nothing is deployed yet: run ./vowcheck up", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("%s is damaged (%s): run ./vowcheck up".formatted(outputsFile, e.getMessage()), e);
        }
    }

    /// An output of the stack that keeps data.
    String data(String output) {
        return data.text(output);
    }

    /// An output of the stack that serves.
    String service(String output) {
        return service.text(output);
    }
}
