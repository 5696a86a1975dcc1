package vowcheck.adapters.mlflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Until when the calls of one request may begin, so that all of them together take a limited time, however many they
/// are. Not thread-safe.
public final class Deadline {

    private final Duration period;
    private final InstantSource clock;
    private Instant end = Instant.MAX;

    /// A deadline that has not been set yet.
    ///
    /// @param period how long after the request calls may begin
    public Deadline(Duration period, InstantSource clock) {
        this.period = period;
        this.clock = clock;
    }

    /// For calls that nobody waits for.
    public static Deadline none() {
        return new Deadline(Duration.ZERO, InstantSource.system());
    }

    /// Sets the deadline of a request that begins now.
    public void set() {
        end = clock.instant().plus(period);
    }

    /// Whether no call may begin any more.
    public boolean isOver() {
        return clock.instant().isAfter(end);
    }
}
