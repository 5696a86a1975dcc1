package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;

/// The processes of a local system: those that have its folder in their arguments or their environment.
public final class SystemProcesses {

    private SystemProcesses() {}

    /// The process id and command line of each.
    static List<String> of(Path local) {
        return processes(local)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    /// The processes that have a variable, written `NAME=value`, in their environment.
    public static List<ProcessHandle> with(Path local, String setting) {
        return processes(local)
                .filter(process ->
                        List.of(environment(process.pid()).split("\0")).contains(setting))
                .toList();
    }

    /// The processes of one of the stage's functions.
    public static List<ProcessHandle> ofFunction(Path local, String name) {
        return with(local, "AWS_LAMBDA_FUNCTION_NAME=" + ResourceNames.resource(LocalStage.NAME, name));
    }

    /// A command as a terminal starts it: in a process group of its own, which Ctrl-C reaches as a whole, also where
    /// the
    /// shell that runs the tests lets its programs ignore that signal.
    public static String[] asInTerminal(String... command) {
        return Stream.concat(Stream.of("env", "--default-signal=INT", "setsid"), Stream.of(command))
                .toArray(String[]::new);
    }

    /// Sends a process a signal, such as `STOP` or `KILL`; to the process group of a negative id. A process that has
    /// ended by itself in the meantime, such as one of PostgreSQL's, is not missed.
    public static void signal(String signal, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, "--", String.valueOf(pid)).start();
            boolean sent = kill.waitFor() == 0;
            boolean ended = pid > 0
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
            assertThat(sent || ended).as("kill -%s %d", signal, pid).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Stream<ProcessHandle> processes(Path local) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> read(process.pid(), "cmdline").contains(local + "/")
                        || environment(process.pid()).contains("=" + local + "/"));
    }

    private static String environment(long pid) {
        return read(pid, "environ");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            return ""; // it has just ended, or belongs to another user
        }
    }
}
