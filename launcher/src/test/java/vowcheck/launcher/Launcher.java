package vowcheck.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;

/// Runs `./vowcheck` as its users do, for a local system in a separate folder.
public record Launcher(Path root, Path local) {

    /// On a busy machine, the longest command, a replay of twelve cutoffs, takes more than a quarter of an hour.
    private static final Duration LIMIT = Duration.ofMinutes(45);

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
        return result(builder);
    }

    /// Runs any program to its end.
    static Result result(ProcessBuilder builder) {
        try {
            var output = Files.createTempFile("vowcheck", ".log");
            try {
                int exitCode = exitCode(builder.redirectOutput(output.toFile()), output);
                return new Result(exitCode, text(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Of a command that ends in time; another one is killed.
    private static int exitCode(ProcessBuilder command, Path output) throws IOException, InterruptedException {
        var process = command.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT)) {
                throw new AssertionError("%s still runs after %s, expected it to end: %s"
                        .formatted(command.command(), LIMIT, text(output)));
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    JsonDocument status() {
        return JsonDocument.parse(run("status", "--json").output());
    }
}
