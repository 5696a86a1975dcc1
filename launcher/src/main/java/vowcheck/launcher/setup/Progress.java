package vowcheck.launcher.setup;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Prints each step of a command, with the seconds since the command began.
public final class Progress {

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;

    public Progress(PrintStream out, InstantSource clock, Instant begun) {
        this.out = out;
        this.clock = clock;
        this.begun = begun;
    }

    public void say(String step) {
        out.printf("%5ds  %s%n", Duration.between(begun, clock.instant()).toSeconds(), step);
    }
}
