package vowcheck.launcher.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs programs and writes their output to log files. If one fails, the end of its output is shown.
///
/// @param logs the folder of the log files
public record LoggedCommands(Path logs) {

    /// What uv, pip, npm and Maven say when they reach no server.
    private static final Pattern OFFLINE = Pattern.compile(
            "Connection refused|Network is unreachable|Could not transfer"
                    + "|(?:Temporary failure in|failed) name resolution|No route to host|Unknown host|tcp connect error"
                    + "|dns error|Failed to fetch|NewConnectionError|ProxyError|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT");

    /// How a program of this repository begins the one sentence that says what is wrong.
    private static final String OWN = "vowcheck: ";

    /// How LocalStack's programs begin theirs.
    private static final String OF_LOCALSTACK = "localaws: ";

    private static final int LINES_SHOWN = 25;
    private static final int END_SECONDS = 8;

    /// Ctrl-C reaches the programs, too: one that it ends has not failed, and this JVM knows of it a moment later.
    private static final int INTERRUPT_MILLIS = 200;

    /// Runs a program in the current directory and waits for it.
    public void run(String log, String... command) {
        run(log, Path.of(""), Map.of(), command);
    }

    /// Runs a program and waits for it; throws [CommandFailed] when its exit code is not 0.
    ///
    /// @param environment variables in addition to those of this process
    public void run(String log, Path directory, Map<String, String> environment, String... command) {
        var file = logs.resolve(log);
        var builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(file.toFile());
        builder.environment().putAll(environment);
        try {
            if (exitCode(builder, command) != 0) {
                throw failure(file, command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Throws what [#run] throws, for a program that ends with exit code 0 although its output tells of a failure.
    ///
    /// @param failure what the output then contains
    void requireWithout(String failure, String log, String... command) {
        var file = logs.resolve(log);
        if (read(file).contains(failure)) {
            throw failure(file, command);
        }
    }

    /// Runs a program that speaks to the user itself, and waits for it.
    public void show(String... command) {
        try {
            if (exitCode(new ProcessBuilder(command).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE), command)
                    != 0) {
                throw new CommandFailed("'%s' failed".formatted(name(List.of(command))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of a log, also while it is written.
    public static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static int exitCode(ProcessBuilder builder, String... command) throws IOException {
        var process = builder.start();
        process.getOutputStream().close();
        try {
            return awaitEnd(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while '%s' ran".formatted(name(List.of(command))), e);
        }
    }

    private CommandFailed failure(Path log, String... command) {
        var output = read(log);
        var sentence = sentence(OWN, output);
        if (sentence.isPresent()) {
            return new CommandFailed(sentence.get());
        }
        boolean full = DiskSpace.saysFull(output) || DiskSpace.isFull(logs);
        var cause = sentence(OF_LOCALSTACK, output);
        if (cause.isPresent() && !full) {
            return new CommandFailed("%s; remove the cause, then run ./vowcheck up again; the whole output is in %s"
                    .formatted(cause.get(), log));
        }
        var lines = output.lines().toList();
        lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).forEach(System.err::println);
        if (full) {
            return new MissingResource(DiskSpace.sentence("'%s'".formatted(name(List.of(command))), logs));
        }
        if (output.contains("Hash mismatch") || output.contains("THESE PACKAGES DO NOT MATCH THE HASHES")) {
            return new MissingResource(
                    "'%s' received a file that is not the one of the list, by its hash; its whole output is in %s"
                            .formatted(name(List.of(command)), log));
        }
        // A certificate that one program does not know may be known to another.
        if (OFFLINE.matcher(output).find() && !output.contains("certificate")) {
            return new MissingResource(
                    ("'%s' could not download what it needs: check the network and run it again, it continues; its whole"
                                    + " output is in %s")
                            .formatted(name(List.of(command)), log));
        }
        return new CommandFailed("'%s' failed; its whole output is in %s".formatted(name(List.of(command)), log));
    }

    private static Optional<String> sentence(String beginning, String output) {
        return output.lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst();
    }

    /// Waits for a process. If this thread is interrupted or this JVM is ended in the meantime, for example by Ctrl-C,
    /// the process is ended, too.
    private static int awaitEnd(Process process) throws InterruptedException {
        var runtime = Runtime.getRuntime();
        var hook = new Thread(() -> end(process));
        try {
            runtime.addShutdownHook(hook);
            try {
                int exitCode = process.waitFor();
                if (exitCode != 0) {
                    TimeUnit.MILLISECONDS.sleep(INTERRUPT_MILLIS);
                }
                return exitCode;
            } catch (InterruptedException e) {
                end(process);
                throw e;
            } finally {
                runtime.removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            end(process); // this JVM is ending: the exit code means nothing
            new CountDownLatch(1).await();
            throw e;
        }
    }

    private static void end(Process process) {
        var processes = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        processes.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// The program without its folder, or the Python module that it runs.
    private static String name(List<String> command) {
        int module = command.indexOf("-m") + 1;
        var python = Path.of(command.getFirst()).getFileName().toString();
        return module > 0 && module < command.size() && python.startsWith("python") ? command.get(module) : python;
    }
}
