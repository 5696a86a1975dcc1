package vowcheck.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.HdrHistogram.Histogram;

/// Measures the least that a durable row costs on this server and its disk: an INSERT of one number and its commit.
final class Commits {

    private static final String INSERT = "INSERT INTO bench.commits (number) VALUES (?)";

    private final BenchEnvironment environment;
    private final Histogram latencies = new Histogram(3);

    Commits(BenchEnvironment environment) throws SQLException {
        this.environment = environment;
        environment.execute("CREATE SCHEMA bench");
        environment.execute("CREATE TABLE bench.commits (number BIGINT NOT NULL)");
    }

    /// Measures commits over one connection.
    void oneAfterAnother(AtMost amount) throws SQLException {
        latencies.add(nanos(amount));
    }

    /// The nanoseconds of each so far.
    Histogram latencies() {
        return latencies;
    }

    /// How many times more commits the server does for several connections at once than for one.
    double gain(Effort effort) {
        double alone = 0;
        double together = 0;
        try (var workers = new Workers(effort.environments())) {
            for (int turn = 0; turn < effort.turns(); turn++) {
                alone += perSecond(workers, 1, effort.turn(effort.commits()));
                together += perSecond(workers, effort.environments(), effort.turn(effort.commits()));
            }
        }
        return together / alone;
    }

    private double perSecond(Workers workers, int connections, AtMost amount) {
        Workers.Task<Rate> task = () -> {
            long begun = System.nanoTime();
            return new Rate(nanos(amount).getTotalCount(), Duration.ofNanos(System.nanoTime() - begun));
        };
        return workers.all(Collections.nCopies(connections, task), amount.within()).stream()
                .mapToDouble(Rate::perSecond)
                .sum();
    }

    private Histogram nanos(AtMost amount) throws SQLException {
        try (var connection = environment.asOwner();
                var insert = connection.prepareStatement(INSERT)) {
            return commit(insert, amount);
        }
    }

    private static Histogram commit(PreparedStatement insert, AtMost amount) throws SQLException {
        var nanos = new Histogram(3);
        var failed = new ArrayList<SQLException>();
        amount.each(() -> {
            long begun = System.nanoTime();
            try {
                insert.setLong(1, begun);
                insert.executeUpdate();
                nanos.recordValue(System.nanoTime() - begun);
            } catch (SQLException e) {
                failed.add(e);
            }
        });
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
        return nanos;
    }

    private record Rate(long count, Duration time) {

        double perSecond() {
            return count / (time.toNanos() / 1e9);
        }
    }
}
