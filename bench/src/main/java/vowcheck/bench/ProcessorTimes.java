package vowcheck.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The processor time that everything on the machine has used that serves a request, user and kernel mode.
///
/// @param functions of the functions' JVMs
/// @param server of all processes of PostgreSQL
/// @param bench the benchmark's own, which sends the events and receives the answers
record ProcessorTimes(Duration functions, Duration server, Duration bench) {

    static final ProcessorTimes NONE = new ProcessorTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /// What has been used so far, in steps of 10 ms for each process.
    static ProcessorTimes now(List<MeasuredFunction> functions, BenchEnvironment environment) throws IOException {
        var ofFunctions =
                functions.stream().map(MeasuredFunction::processorTime).reduce(Duration.ZERO, Duration::plus);
        var ofBench = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        return new ProcessorTimes(ofFunctions, environment.serverTime(), ofBench);
    }

    ProcessorTimes plus(ProcessorTimes other) {
        return new ProcessorTimes(functions.plus(other.functions), server.plus(other.server), bench.plus(other.bench));
    }

    ProcessorTimes minus(ProcessorTimes other) {
        return new ProcessorTimes(
                functions.minus(other.functions), server.minus(other.server), bench.minus(other.bench));
    }

    Duration all() {
        return functions.plus(server).plus(bench);
    }
}
