package vowcheck.core.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The rows, records and files of exports in memory, and a task that is only ordered.
public final class InMemoryExports implements ExportObjects, ExportedRows, ExportRecords, ExportTask {

    private static final String HEADER = "day\n";

    private final List<LocalDate> rows = new ArrayList<>();
    private final List<ExportOrder> ordered = new ArrayList<>();
    private final Map<ExportId, ExportState> states = new HashMap<>();
    private final Map<ExportId, String> files = new HashMap<>();
    private final List<String> records = new ArrayList<>();
    private boolean reachable = true;
    private boolean refusing;

    /// Stores a prediction of that day.
    public void store(LocalDate day) {
        rows.add(day);
    }

    /// Whether rows can be read from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// From now on, no task is started.
    public void refuseTasks() {
        refusing = true;
    }

    /// The orders, as the task gets them.
    public List<ExportOrder> ordered() {
        return List.copyOf(ordered);
    }

    /// The text of a file, if there is one.
    public Optional<String> file(ExportId id) {
        return Optional.ofNullable(files.get(id));
    }

    /// What is on record, one line for each event.
    public List<String> records() {
        return List.copyOf(records);
    }

    @Override
    public void start(ExportOrder order) {
        if (refusing) {
            throw new ExportUnavailable("no task is started", new IllegalStateException("refused"));
        }
        ordered.add(order);
    }

    @Override
    public void record(ExportId id, ExportState state) {
        states.put(id, state);
    }

    @Override
    public Optional<ExportState> state(ExportId id) {
        return Optional.ofNullable(states.get(id));
    }

    @Override
    public long write(ExportId id, Consumer<Consumer<byte[]>> content) {
        var file = new ByteArrayOutputStream();
        content.accept(file::writeBytes);
        files.put(id, file.toString(StandardCharsets.UTF_8));
        return file.size();
    }

    @Override
    public String link(ExportId id, Duration validFor) {
        return "https://exports.example/%s?seconds=%d".formatted(id, validFor.toSeconds());
    }

    @Override
    public long read(ExportRange range, Consumer<byte[]> csv) {
        csv.accept(HEADER.getBytes(StandardCharsets.UTF_8));
        if (!reachable) {
            throw new ExportUnavailable("PostgreSQL did not answer", new IllegalStateException("out of reach"));
        }
        var read = rows.stream()
                .filter(day -> !day.isBefore(range.from()) && !day.isAfter(range.to()))
                .toList();
        read.forEach(day -> csv.accept((day + "\n").getBytes(StandardCharsets.UTF_8)));
        return read.size();
    }

    @Override
    public void begun(ExportOrder order, Instant now) {
        records.add("begun by %s for %s"
                .formatted(order.requestedBy(), order.reason().orElse("no reason")));
    }

    @Override
    public void ended(ExportId id, long exported, Instant now) {
        records.add("ended with %d rows".formatted(exported));
    }
}
