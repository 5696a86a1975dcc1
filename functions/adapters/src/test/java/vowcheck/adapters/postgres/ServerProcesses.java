package vowcheck.adapters.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of a PostgreSQL server on this machine, which can be frozen, killed and started again as in an
/// outage.
public final class ServerProcesses {

    private static final String SUPERUSER = "root";

    private final Path data;
    private final Path program;
    private final DatabaseAddress address;

    private ServerProcesses(Path data, Path program, DatabaseAddress address) {
        this.data = data;
        this.program = program;
        this.address = address;
    }

    static ServerProcesses of(Path data, DatabaseAddress address) throws IOException {
        var program = postmaster(data).info().command().orElseThrow();
        return new ServerProcesses(data, Path.of(program), address);
    }

    /// Lets the server hang: it accepts connections and requests, and answers none.
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// Lets a frozen server continue.
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /// Kills all processes of the server at once, as when its machine fails.
    public void kill() throws IOException {
        var postmaster = postmaster(data);
        all(postmaster).forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
    }

    /// Starts a killed server on the same data and waits until it accepts connections.
    public void start() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals(SUPERUSER)) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
        }
        var control = program.resolveSibling("pg_ctl").toString();
        command.addAll(List.of(control, "start", "-w", "-D", data.toString()));
        command.addAll(List.of("-o", "-p " + address.port() + " -c fsync=on -c synchronous_commit=on"));
        command.addAll(List.of("-l", data.resolve("restart.log").toString()));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("pg_ctl ended with " + exitCode);
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        for (var process : all(postmaster(data)).toList()) {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static Stream<ProcessHandle> all(ProcessHandle postmaster) {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }
}
