package vowcheck.launcher.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import vowcheck.launcher.LocalSystem;

/// PostgreSQL is killed: all of it, which RDS starts again, or one client's process, after which it recovers by itself.
record KilledDatabase(Part part) implements Act {

    /// Which process is killed.
    enum Part {
        SERVER("PostgreSQL"),
        CLIENT("PostgreSQL's process of one client");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    @Override
    public String sentence() {
        return "kill -9 " + part.words;
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        var started = started(walked.system());
        long pid = switch (part) {
            case SERVER -> server(walked.system());
            case CLIENT -> client(walked.system());
        };
        ProcessHandle.of(pid).ifPresent(WalkedSystem::kill);
        await().ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(LocalSystem.PATIENCE)
                .until(() -> !started(walked.system()).equals(started));
        walked.awaitMlflow();
        return "it came back";
    }

    /// Changes with each start and each recovery.
    private static String started(LocalSystem system) throws SQLException {
        return system.ask("SELECT max(backend_start)::TEXT FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
    }

    private static long server(LocalSystem system) throws SQLException {
        var pid = Path.of(system.ask("SHOW data_directory"), "postmaster.pid");
        try {
            return Long.parseLong(Files.readAllLines(pid).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long client(LocalSystem system) throws SQLException {
        return Long.parseLong(system.ask("""
                SELECT min(pid) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                """));
    }
}
