package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vowcheck.lambda.ProcessMemory;
import vowcheck.lambda.ScoringHandler;

/// One environment of the scoring function: a JVM with AWS's runtime interface client.
final class MeasuredFunction implements AutoCloseable {

    static final String ARN = "arn:aws:lambda:eu-central-1:000000000000:function:vowcheck-bench-scoring";

    private static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /// As AWS's runtime java25 sets them for 1769 MB; [ProcessMemory] adds those of the function's environment. All
    /// compilation tiers are on, as they are there for functions with SnapStart:
    /// https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:MaxHeapSize=1503m",
            "-Djava.net.preferIPv4Stack=true",
            "--enable-native-access=ALL-UNNAMED");

    private final RuntimeApi api;
    private final Process process;
    private final long begun;
    private final Thread undo;

    private MeasuredFunction(RuntimeApi api, Process process, long begun) {
        this.api = api;
        this.process = process;
        this.begun = begun;
        this.undo = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(undo);
    }

    /// Starts a JVM.
    ///
    /// @param options for this JVM, in addition to those that AWS sets
    /// @param environment its environment variables, without the address of the Runtime API
    /// @param log the file that its output is appended to
    static MeasuredFunction start(FunctionCode code, List<String> options, Map<String, String> environment, Path log)
            throws IOException {
        var api = new RuntimeApi();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-D" + LIBRARY_PROPERTY + "=" + code.library());
        command.addAll(options);
        command.add("-cp");
        command.add(code.classPath().stream().map(Path::toString).collect(Collectors.joining(":")));
        command.add(MAIN_CLASS);
        command.add(ScoringHandler.class.getName());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(ProcessMemory.VARIABLES);
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        long begun = System.nanoTime();
        return new MeasuredFunction(api, builder.start(), begun);
    }

    /// Waits until the function asks for its next event.
    void awaitNext() {
        try {
            api.awaitNext();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Hands an event to the function and waits for the answer. A second after a 503 it sends the event again, at most
    /// `repetitions` times.
    RuntimeApi.Answer invoke(byte[] event, int repetitions) {
        try {
            var answer = api.invoke(event);
            for (int repeated = 0; repeated < repetitions && answer.hasStatus(503); repeated++) {
                Thread.sleep(Duration.ofSeconds(1));
                answer = api.invoke(event);
            }
            return answer;
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed("interrupted while waiting for its answer", e);
        }
    }

    /// When the JVM was started, by [System#nanoTime].
    long begun() {
        return begun;
    }

    /// The processor time that it has used so far, in steps of 10 ms.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// Its resident set in MiB, pages that it shares with other JVMs included.
    double residentMebibytes() throws IOException {
        var rollup = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
        var resident = rollup.stream().filter(line -> line.startsWith("Rss:")).findFirst();
        return Long.parseLong(resident.orElseThrow().replaceAll("\\D", "")) / 1024.0;
    }

    private FunctionFailed failed(IOException cause) {
        var state = process.isAlive() ? "it runs" : "it ended with exit code " + process.exitValue();
        process.destroyForcibly(); // it may hang, and not end when it is asked to
        return new FunctionFailed("%s, %s; its output is in function.log".formatted(cause.getMessage(), state), cause);
    }

    /// Ends the JVM and waits for its end: a JVM that records an archive writes it on exit.
    @Override
    public void close() throws IOException {
        process.destroy();
        try (api) {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(undo);
        } catch (IllegalStateException e) {
            // the bench is shutting down and the hook is already running
        }
    }
}
