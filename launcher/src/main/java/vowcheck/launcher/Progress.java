package vowcheck.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tells what is done and how many seconds of the whole command have passed.
final class Progress {

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;

    Progress(PrintStream out, InstantSource clock, Instant begun) {
        this.out = out;
        this.clock = clock;
        this.begun = begun;
    }

    void say(String what) {
        out.printf("%5ds  %s%n", Duration.between(begun, clock.instant()).toSeconds(), what);
    }
}
