package vowcheck.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// Calls functions and counts the answered rows. Thread-safe for calls of different functions.
final class Calls {

    private final int repetitions;
    private final Findings findings;
    private final LongAdder answered = new LongAdder();

    /// @param repetitions how often a call is repeated that was answered with 503
    Calls(int repetitions, Findings findings) {
        this.repetitions = repetitions;
        this.findings = findings;
    }

    /// Calls a function one time after another.
    Phase run(MeasuredFunction function, ProxyEvent event, int rows, AtMost amount) {
        var latencies = new Histogram(3);
        function.awaitNext();
        long begun = System.nanoTime();
        amount.each(() -> latency(function, event, rows).ifPresent(latencies::recordValue));
        function.awaitNext();
        return new Phase(latencies, Duration.ofNanos(System.nanoTime() - begun));
    }

    /// The nanoseconds to the answer, if it is one with a probability.
    OptionalLong latency(MeasuredFunction function, ProxyEvent event, int rows) {
        var answer = function.invoke(event.next(), repetitions);
        if (!answer.isSuccess()) {
            findings.refused(
                    rows == 1 ? "predictions" : String.format(Locale.ROOT, "batches of %,d", rows), answer.text());
            return OptionalLong.empty();
        }
        answered.add(rows);
        return OptionalLong.of(answer.ended() - answer.begun());
    }

    /// How many rows were answered so far.
    long answered() {
        return answered.sum();
    }

    /// @param latencies from the first byte of an event sent to the last byte of its answer received, in nanoseconds
    /// @param time of all requests, including the function's calls for the next event
    record Phase(Histogram latencies, Duration time) {

        long count() {
            return latencies.getTotalCount();
        }
    }
}
