package vowcheck.core.scoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is moved.
public final class MovableClock implements InstantSource {

    private Instant now = Instant.parse("2025-06-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /// Moves the clock on.
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
