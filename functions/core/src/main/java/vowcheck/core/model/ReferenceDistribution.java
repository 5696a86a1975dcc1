package vowcheck.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How one feature was spread over the rows that a model knew, in bins that stay as they were frozen at
/// training. Bin 0 lies below the first edge, bin i from edge i - 1 up to and without edge i, the last one
/// from the last edge on: the outer bins are open, so that no value is outside. PostgreSQL's
/// `width_bucket(value, edges)` numbers the bins in the same way.
///
/// @param edges ascending without repetition, finite, exactly as float32 holds them; at least one
/// @param counts how many rows each bin held, one more than edges
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

    /// Freezes ten quantile buckets of values, at least one of them not NaN; NaN, a missing value, is left out.
    ///
    /// A value that at least a tenth of the rows have (0, a level, the sentinel for no employment) makes
    /// quantiles fall together. It gets a bin of its own, up to the next float32, unless the rows between it
    /// and the next edge are some, but fewer than half a bucket: in a thousand rows their share would be noise.
    /// Where there are none at all, whatever comes there later is news. The other quantiles are edges, each
    /// once.
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
            // What a tenth of the rows share spans at least one decile, so the deciles find all such values.
            int from = placeFrom(sorted, quantile);
            int to = placeFrom(sorted, Math.nextUp(quantile));
            @Nullable Float next = quantiles.higher(quantile);
            int rest = (next == null ? sorted.length : placeFrom(sorted, next)) - to;
            if ((long) BUCKETS * (to - from) >= sorted.length && (rest == 0 || 2L * BUCKETS * rest >= sorted.length)) {
                edges.add(Math.nextUp(quantile));
            }
        }
        var frozen = List.copyOf(edges);
        var counts = new long[frozen.size() + 1];
        for (float value : sorted) {
            counts[bin(frozen, value)]++;
        }
        return new ReferenceDistribution(frozen, Arrays.stream(counts).boxed().toList());
    }

    /// The bin of a value that is a number, from 0 to `edges().size()`.
    public int bin(float value) {
        return bin(edges, value);
    }

    /// How many of these values each bin holds; NaN is left out.
    public List<Long> count(float[] values) {
        var bins = new ArrayList<>(Collections.nCopies(counts.size(), 0L));
        for (float value : values) {
            if (!Float.isNaN(value)) {
                bins.set(bin(value), bins.get(bin(value)) + 1);
            }
        }
        return bins;
    }

    private static int bin(List<Float> edges, float value) {
        // Adding 0 makes 0 of -0, which a search by order would take for less.
        int found = Collections.binarySearch(edges, value + 0f);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// The place of the first value of at least `least`.
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
        Arrays.sort(sorted);
        return sorted;
    }
}
