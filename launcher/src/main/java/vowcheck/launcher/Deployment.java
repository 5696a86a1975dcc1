package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.setup.CommandFailed;

/// The outputs of a stage's stacks.
public final class Deployment {

    private final Function<DeployedStack, Map<String, String>> outputs;

    /// @param outputs of a stack, by name
    Deployment(Function<DeployedStack, Map<String, String>> outputs) {
        this.outputs = outputs;
    }

    /// Those of the local stage, from the file that `python -m localaws.deploy` has written; throws
    /// [CommandFailed] when the stage is not deployed.
    public static Deployment read(Path outputsFile) {
        try {
            var document = JsonDocument.parse(Files.readString(outputsFile));
            var outputs = new EnumMap<DeployedStack, Map<String, String>>(DeployedStack.class);
            for (var stack : DeployedStack.values()) {
                outputs.put(stack, texts(document.document(stack.stackName(LocalStage.NAME))));
            }
            return new Deployment(stack -> Objects.requireNonNull(outputs.get(stack)));
        } catch (IOException e) {
            throw new CommandFailed("nothing is deployed yet: run ./vowcheck up", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("%s is damaged (%s): run ./vowcheck up".formatted(outputsFile, e.getMessage()), e);
        }
    }

    /// The value of an output; throws [CommandFailed] when the stack that is deployed does not have it.
    public String output(StackOutput output) {
        return find(output)
                .orElseThrow(() -> new CommandFailed("the stage has no output %s: deploy it again, with this release"
                        .formatted(output.outputName())));
    }

    /// The value of an output; empty when the stack that is deployed does not have it.
    Optional<String> find(StackOutput output) {
        return Optional.ofNullable(outputs.apply(output.stack()).get(output.outputName()));
    }

    private static Map<String, String> texts(JsonDocument stack) {
        var texts = new HashMap<String, String>();
        stack.names().forEach(name -> texts.put(name, stack.text(name)));
        return texts;
    }
}
