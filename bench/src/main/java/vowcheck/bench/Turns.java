package vowcheck.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// What one of several things that take turns has done in all its turns. Other programs slow all of them alike, as far
/// as they go on for longer than a turn.
final class Turns {

    private final List<MeasuredFunction> functions;
    private final BenchEnvironment environment;
    private final Histogram latencies = new Histogram(3);
    private Duration time = Duration.ZERO;
    private ProcessorTimes used = ProcessorTimes.NONE;

    /// @param functions those that are called
    Turns(List<MeasuredFunction> functions, BenchEnvironment environment) {
        this.functions = functions;
        this.environment = environment;
    }

    /// Takes a turn.
    void take(Supplier<Calls.Phase> turn) throws IOException {
        var before = ProcessorTimes.now(functions, environment);
        var phase = turn.get();
        used = used.plus(ProcessorTimes.now(functions, environment).minus(before));
        latencies.add(phase.latencies());
        time = time.plus(phase.time());
    }

    /// Whether no call was answered, so that there is no figure.
    boolean isEmpty() {
        return latencies.getTotalCount() == 0;
    }

    /// The nanoseconds of each call.
    Histogram latencies() {
        return latencies;
    }

    double perSecond() {
        return latencies.getTotalCount() / (time.toNanos() / 1e9);
    }

    /// The functions' processor time for a call, in milliseconds.
    double functionMillis() {
        return used.functions().toNanos() / 1e6 / latencies.getTotalCount();
    }

    /// The database server's processor time for a call, in milliseconds.
    double serverMillis() {
        return used.server().toNanos() / 1e6 / latencies.getTotalCount();
    }

    /// How many processors were busy with the calls, on average.
    double processors() {
        return (double) used.all().toNanos() / time.toNanos();
    }
}
