package vowcheck.launcher.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Prints each step of a command, with the seconds since the command began. While a step takes long, it says so again
/// every few seconds, with an estimate. Safe for use by several threads.
public final class Progress {

    /// Nobody waits longer for a line.
    private static final Duration SILENCE = Duration.ofSeconds(7);

    private static final long LOOK_MILLIS = 500;

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
    private final Map<UpStep, Running> running = new LinkedHashMap<>();
    private Optional<Plan> plan = Optional.empty();
    private Instant said;
    private boolean watched;

    /// @param begun when the command began
    public Progress(PrintStream out, InstantSource clock, Instant begun) {
        this.out = out;
        this.clock = clock;
        this.begun = begun;
        this.said = clock.instant();
    }

    /// From now on, estimates what remains of these stages, and keeps how long each step takes.
    public synchronized void plan(Durations durations, List<List<List<UpStep>>> stages) {
        plan = Optional.of(new Plan(durations, new Estimate(stages, durations.read())));
    }

    /// Prints a line.
    public synchronized void say(String step) {
        said = clock.instant();
        print(said, step);
    }

    /// Prints a line about what happened at another time than now.
    public synchronized void sayAt(Instant time, String step) {
        said = clock.instant();
        print(time, step);
    }

    private void print(Instant time, String step) {
        out.printf("%5ds  %s%n", Duration.between(begun, time).toSeconds(), step);
        out.flush();
    }

    /// What remains, for the end of a line: `; about 40 s left`. Once a step takes longer than expected, this is what
    /// the others will take: `; more than 12 s left`, or `; longer than expected` where it is the last. Empty where
    /// nothing is known.
    public synchronized String remaining() {
        var now = clock.instant();
        var since = new EnumMap<UpStep, Double>(UpStep.class);
        running.forEach((step, it) -> since.put(step, seconds(it.begun(), now)));
        return plan.map(it -> inWords(it.estimate().remaining(since))).orElse("");
    }

    private static String inWords(Estimate.Remaining remaining) {
        long seconds = Math.round(remaining.seconds());
        if (seconds == 0) {
            return remaining.isLate() ? "; longer than expected" : "";
        }
        return (remaining.isLate() ? "; more than %d s left" : "; about %d s left").formatted(seconds);
    }

    /// Takes a step. It is announced, and mentioned again as long as it runs.
    public void during(UpStep step, Stamps.Step work) throws IOException {
        during(step, () -> "", work);
    }

    /// Takes a step.
    ///
    /// @param detail how far it is, in a few words; may be empty
    public void during(UpStep step, Supplier<String> detail, Stamps.Step work) throws IOException {
        say(step.title());
        begin(step, detail);
        boolean complete = false;
        try {
            work.run();
            complete = true;
        } finally {
            end(step, complete);
        }
    }

    private synchronized void begin(UpStep step, Supplier<String> detail) {
        running.put(step, new Running(clock.instant(), detail));
        if (!watched) {
            watched = true;
            Thread.ofVirtual().start(this::watch);
        }
    }

    private synchronized void end(UpStep step, boolean complete) {
        var ended = running.remove(step);
        if (complete && ended != null) {
            plan.ifPresent(it -> it.ended(step, Duration.between(ended.begun(), clock.instant())));
        }
    }

    /// Until the command ends, which ends this thread.
    private void watch() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                sayAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// After a silence, says what runs.
    synchronized void sayAgain() {
        if (running.isEmpty() || Duration.between(said, clock.instant()).compareTo(SILENCE) < 0) {
            return;
        }
        say("  still "
                + running.entrySet().stream()
                        .map(it -> phrase(it.getKey(), it.getValue().detail().get()))
                        .collect(Collectors.joining(", "))
                + remaining());
    }

    private static String phrase(UpStep step, String detail) {
        return detail.isEmpty() ? step.title() : "%s (%s)".formatted(step.title(), detail);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private record Running(Instant begun, Supplier<String> detail) {}

    private record Plan(Durations durations, Estimate estimate) {

        void ended(UpStep step, Duration duration) {
            estimate.ended(step, duration.toMillis() / 1000.0);
            durations.keep(step, duration.toMillis());
        }
    }
}
