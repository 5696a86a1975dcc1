package vowcheck.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a program that checks templates has said.
record ToolOutput(int exitCode, String text) {
    /// Runs a program to its end.
    ///
    /// @param input the file that it reads as its standard input
    static ToolOutput of(Path input, List<String> command) {
        try {
            var output = Files.createTempFile("vowcheck", ".log");
            try {
                var process = new ProcessBuilder(command)
                        .redirectInput(input.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return new ToolOutput(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s ran".formatted(command.getFirst()), e);
        }
    }
}
