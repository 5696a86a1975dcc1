package vowcheck.training.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Collects the faults of a file: the first ones with their places, and how many rows have each kind. Not
/// thread-safe.
final class ImportFaults {

    /// More of them help nobody.
    static final int MOST_LISTED = 20;

    private static final int MOST_KINDS = 100;

    private final List<String> listed = new ArrayList<>();
    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private long count;
    private long faultyRows;
    private long lastLine = -1;

    /// Notes a fault of a value.
    ///
    /// @param problem what the value is, and what is expected; not the value
    void note(long line, String column, String problem) {
        note(line, ", column " + column, column + ": " + problem, problem);
    }

    /// Notes a fault of a row.
    void note(long line, String problem) {
        note(line, "", problem, problem);
    }

    private void note(long line, String place, String kind, String problem) {
        count++;
        if (line != lastLine) {
            faultyRows++;
            lastLine = line;
        }
        if (listed.size() < MOST_LISTED) {
            listed.add("line %d%s: %s".formatted(line, place, problem));
        }
        if (kinds.size() < MOST_KINDS || kinds.containsKey(kind)) {
            kinds.merge(kind, 1, Integer::sum);
        }
    }

    /// How many faults there are.
    long count() {
        return count;
    }

    /// How many rows have at least one fault.
    long faultyRows() {
        return faultyRows;
    }

    /// The first faults; where there are more, their kinds with numbers follow.
    List<String> inWords() {
        var words = new ArrayList<>(listed);
        if (count > listed.size()) {
            words.add(String.format(Locale.ROOT, "and %,d more; all of them by kind:", count - listed.size()));
            kinds.forEach((kind, rows) -> words.add(String.format(Locale.ROOT, "%,d × %s", rows, kind)));
        }
        return words;
    }
}
