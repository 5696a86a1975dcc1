package vowcheck.core.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A load that keeps its rows in memory.
public final class InMemoryRowsLoad implements LabelledRowsLoad {

    private final List<LabelledRow> rows = new ArrayList<>();
    private final Set<Long> indices = new HashSet<>();
    private boolean committed;
    private boolean closed;

    @Override
    public void add(long line, LabelledRow row) {
        if (!indices.add(row.index())) {
            throw new LabelledRowExists(line, new IllegalStateException("in memory"));
        }
        rows.add(row);
    }

    @Override
    public void flush() {}

    @Override
    public void commit() {
        committed = true;
    }

    @Override
    public long rows() {
        return rows.size();
    }

    @Override
    public long erased() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    /// The rows that remain: those that were committed.
    public List<LabelledRow> remaining() {
        return committed ? List.copyOf(rows) : List.of();
    }

    /// Whether it was closed.
    public boolean isClosed() {
        return closed;
    }
}
