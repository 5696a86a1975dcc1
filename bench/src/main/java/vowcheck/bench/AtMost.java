package vowcheck.bench;

import java.time.Duration;

/// How much of something is measured: a number of times, or fewer on a machine that does not manage them in the time.
///
/// @param times 1 or more
record AtMost(int times, Duration within) {

    static AtMost of(int times, int seconds) {
        return new AtMost(times, Duration.ofSeconds(seconds));
    }

    /// For a time, however often that is.
    static AtMost seconds(int seconds) {
        return of(Integer.MAX_VALUE, seconds);
    }

    /// The part of each of so many turns.
    AtMost turn(int turns) {
        return new AtMost(Math.max(1, times / turns), within.dividedBy(turns));
    }

    /// Does it, at least once.
    void each(Runnable what) {
        long begun = System.nanoTime();
        for (int time = 0; time < times; time++) {
            what.run();
            if (System.nanoTime() - begun >= within.toNanos()) {
                return;
            }
        }
    }
}
