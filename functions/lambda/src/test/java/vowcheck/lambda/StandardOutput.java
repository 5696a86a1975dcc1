package vowcheck.lambda;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Captures standard output until it is closed.
final class StandardOutput implements AutoCloseable {

    private final PrintStream former = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    StandardOutput() {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        System.setOut(former);
    }
}
