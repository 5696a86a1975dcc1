package vowcheck.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;

/// Runs `./vowcheck` as its users do, for a local system in a separate folder.
public record Launcher(Path root, Path local) {

    /// The exit code of a command, and its standard output and error output together.
    public record Result(int exitCode, String output) {}

    Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("./vowcheck"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().put("VOWCHECK_LOCAL", local.toString());
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    JsonDocument status() {
        return JsonDocument.parse(run("status", "--json").output());
    }
}
