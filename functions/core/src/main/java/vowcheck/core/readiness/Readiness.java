package vowcheck.core.readiness;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vowcheck.core.readiness.ReadinessReport.Entry;
import vowcheck.core.readiness.ReadinessReport.Result;

/// Looks at all parts at the same time and gives up those that take too long, so that the report comes in time
/// whatever hangs.
public final class Readiness {

    private static final Logger LOG = System.getLogger(Readiness.class.getName());

    private final SortedMap<ReadinessPart, ReadinessProbe> probes;
    private final Duration limit;
    private final InstantSource clock;

    /// @param limit a part that has not answered by then counts as failing
    public Readiness(Map<ReadinessPart, ReadinessProbe> probes, Duration limit, InstantSource clock) {
        this.probes = new TreeMap<>(probes);
        this.limit = limit;
        this.clock = clock;
    }

    /// Looks at all parts now.
    public ReadinessReport report() {
        var begun = clock.instant();
        var looks = new ArrayList<Callable<Looked>>();
        probes.forEach((_, probe) -> looks.add(() -> look(probe, begun)));
        return new ReadinessReport(inParallel(looks));
    }

    private List<Entry> inParallel(List<Callable<Looked>> looks) {
        // Not closed, which would wait for the probes that hang: they end by the time limits of their connections.
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var futures = threads.invokeAll(looks, limit.toMillis(), TimeUnit.MILLISECONDS);
            var entries = new ArrayList<Entry>();
            for (var part : probes.keySet()) {
                entries.add(entry(part, futures.get(entries.size())));
            }
            return entries;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the parts were looked at", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Looked look(ReadinessProbe probe, Instant begun) {
        try {
            return new Looked(new Result.Works(probe.look()), since(begun), null);
        } catch (NotReady e) {
            return new Looked(new Result.Fails(Objects.requireNonNull(e.getMessage())), since(begun), e);
        } catch (RuntimeException | Error e) { // a class that cannot be loaded must not hide the other parts
            return new Looked(new Result.Fails("could not be looked at: the log has the cause"), since(begun), e);
        }
    }

    private Duration since(Instant begun) {
        return Duration.between(begun, clock.instant());
    }

    private Entry entry(ReadinessPart part, Future<Looked> future) {
        if (future.state() == Future.State.CANCELLED) {
            var reason = "did not answer within %d milliseconds".formatted(limit.toMillis());
            LOG.log(Level.WARNING, "not ready: {0} {1}", part, reason);
            return new Entry(part, new Result.Fails(reason), limit);
        }
        var looked = future.resultNow();
        if (looked.result() instanceof Result.Fails(var reason)) {
            LOG.log(Level.WARNING, "not ready: %s %s".formatted(part, reason), looked.cause());
        }
        return new Entry(part, looked.result(), looked.took());
    }

    /// @param cause is logged by the thread of the request, whose id belongs to the line
    private record Looked(
            Result result, Duration took, @Nullable Throwable cause) {}
}
