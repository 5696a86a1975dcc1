package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.setup.CommandFailed;

/// The outputs of the local stage's stacks, as `python -m localaws.deploy` has written them.
public final class Deployment {
    private final Map<DeployedStack, JsonDocument> outputs;

    private Deployment(Map<DeployedStack, JsonDocument> outputs) {
        this.outputs = outputs;
    }

    /// Reads the outputs file; throws [CommandFailed] when the stage is not deployed.
    public static Deployment read(Path outputsFile) {
        try {
            var document = JsonDocument.parse(Files.readString(outputsFile));
            var outputs = new EnumMap<DeployedStack, JsonDocument>(DeployedStack.class);
            for (var stack : DeployedStack.values()) {
                outputs.put(stack, document.document(stack.stackName(LocalStage.NAME)));
            }
            return new Deployment(outputs);
        } catch (IOException e) {
            throw new CommandFailed("nothing is deployed yet: run ./vowcheck up", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("%s is damaged (%s): run ./vowcheck up".formatted(outputsFile, e.getMessage()), e);
        }
    }

    /// The value of an output.
    public String output(StackOutput output) {
        return Objects.requireNonNull(outputs.get(output.stack())).text(output.outputName());
    }
}
