package vowcheck.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A log file that another process writes, and begins again when it is restarted.
public record FileTail(Path file) {

    private static final Duration POLL = Duration.ofMillis(250);

    /// Prints the file, and then what is appended to it as long as its writer runs.
    public void follow(PrintStream out, BooleanSupplier written) throws IOException {
        long position = 0;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = written.getAsBoolean(); // before the file is read, so that its end is printed
            try (var channel = FileChannel.open(file)) {
                if (channel.size() < position) {
                    position = 0;
                }
                channel.position(position);
                Channels.newInputStream(channel).transferTo(out);
                out.flush();
                position = channel.position();
            }
            if (goesOn) {
                Pause.of(POLL, "interrupted");
            }
        }
    }
}
