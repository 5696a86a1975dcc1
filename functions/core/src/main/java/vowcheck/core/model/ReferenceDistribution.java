package vowcheck.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The distribution of one feature over the rows that a model was made with, in bins that were frozen at
/// training. Bin 0 holds the values below the first edge, bin i those from edge i - 1 (inclusive) to edge i
/// (exclusive), and the last bin those from the last edge on: the outer bins are open, so every value has a bin.
/// PostgreSQL's `width_bucket(value, edges)` numbers the bins in the same way.
///
/// @param edges strictly ascending, finite float32 numbers; at least one
/// @param counts the rows in each bin; one more entry than edges
public record ReferenceDistribution(List<Float> edges, List<Long> counts) {

    private static final int BUCKETS = 10;

    public ReferenceDistribution {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.isEmpty()) {
            throw new IllegalArgumentException("no edges, expected at least one");
        }
        for (int edge = 0; edge < edges.size(); edge++) {
            if (!Float.isFinite(edges.get(edge)) || (edge > 0 && !(edges.get(edge - 1) < edges.get(edge)))) {
                throw new IllegalArgumentException(
                        "edge %s at place %d, expected finite numbers that rise".formatted(edges.get(edge), edge));
            }
        }
        if (counts.size() != edges.size() + 1) {
            throw new IllegalArgumentException(
                    "%d counts, expected one more than the %d edges".formatted(counts.size(), edges.size()));
        }
        if (counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a count is negative, expected 0 or more");
        }
    }

    /// Freezes the bins of values, at least one of which is not NaN: their deciles are the edges, each once. NaN, a
    /// missing value, is left out.
    ///
    /// Deciles coincide at a value that at least a tenth of the rows have: 0, a level, the sentinel for no
    /// employment. Such a value gets a bin of its own, which ends at the next float32. It gets none where few rows,
    /// less than a twentieth of all, lie between it and the next edge: among a thousand rows, their share would be
    /// noise. If no row lies there, the bin stays: a later row there differs from all that the model was made with.
    public static ReferenceDistribution of(float[] values) {
        var sorted = sortedNumbers(values);
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no value is a number, expected at least one");
        }
        var quantiles = new TreeSet<Float>();
        for (int bucket = 1; bucket < BUCKETS; bucket++) {
            quantiles.add(sorted[Math.toIntExact((long) bucket * sorted.length / BUCKETS)]);
        }
        var edges = new TreeSet<>(quantiles);
        for (float quantile : quantiles) {
            // A value that a tenth of the rows share spans a decile, so the deciles include all such values.
            int from = placeFrom(sorted, quantile);
            int to = placeFrom(sorted, Math.nextUp(quantile));
            @Nullable Float next = quantiles.higher(quantile);
            int rest = (next == null ? sorted.length : placeFrom(sorted, next)) - to;
            if ((long) BUCKETS * (to - from) >= sorted.length && (rest == 0 || 2L * BUCKETS * rest >= sorted.length)) {
                edges.add(Math.nextUp(quantile));
            }
        }
        return new ReferenceDistribution(List.copyOf(edges), count(edges, sorted));
    }

    /// The same distribution with ends: its first edge is half of this one's, its last edge twice this one's, and
    /// beyond these edges it has no rows. In open outer bins, a value in another unit, such as years instead of
    /// days, cannot be told from a merely unusual one. The few rows that are beyond the ends count as if they were
    /// within.
    public ReferenceDistribution withEnds() {
        var ends = new ArrayList<>(edges);
        var within = new ArrayList<>(counts);
        float low = edges.getFirst() > 0 ? edges.getFirst() / 2 : edges.getFirst() * 2;
        if (low < edges.getFirst()) {
            ends.addFirst(low);
            within.addFirst(0L);
        }
        float high = edges.getLast() > 0 ? edges.getLast() * 2 : edges.getLast() / 2;
        // Twice the float32 that follows 0, where the bin of 0 may end, is as good as 0.
        if (high > edges.getLast() && Float.isFinite(high) && Math.abs(high) > Float.MIN_NORMAL) {
            ends.addLast(high);
            within.addLast(0L);
        }
        return new ReferenceDistribution(ends, within);
    }

    /// The bin of a value that is a number, from 0 to `edges().size()`.
    public int bin(float value) {
        return bin(primitive(edges), value);
    }

    /// The number of these values in each bin; NaN is left out.
    public List<Long> count(float[] values) {
        return count(edges, values);
    }

    private static List<Long> count(Collection<Float> edges, float[] values) {
        float[] rising = primitive(edges);
        var counts = new long[rising.length + 1];
        for (float value : values) {
            if (!Float.isNaN(value)) {
                counts[bin(rising, value)]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /// There are so few edges that a search by halves would take longer.
    private static int bin(float[] edges, float value) {
        int bin = 0;
        for (float edge : edges) {
            bin += value >= edge ? 1 : 0;
        }
        return bin;
    }

    private static float[] primitive(Collection<Float> edges) {
        var primitive = new float[edges.size()];
        int place = 0;
        for (float edge : edges) {
            primitive[place++] = edge;
        }
        return primitive;
    }

    /// The index of the first value of at least `least`.
    private static int placeFrom(float[] sorted, float least) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < least) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static float[] sortedNumbers(float[] values) {
        var numbers = new float[values.length];
        int size = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                numbers[size++] = value + 0f;
            }
        }
        var sorted = Arrays.copyOf(numbers, size);
        Arrays.parallelSort(sorted);
        return sorted;
    }
}
