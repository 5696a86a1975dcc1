package vowcheck.core.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.Psi;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.training.LabelledRows;

/// Counts labelled rows one after the other, for a [DataReport]. Of each row it keeps eight bytes: a hash
/// of its values, by which recurring rows are found. Two different rows among a million have the same hash
/// once in 37 million times. Not thread-safe.
public final class DataProfile {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final FeatureSchema schema;
    private final Optional<ModelManifest> champion;
    private final Optional<LocalDate> since;
    private final int employment;
    private final long[] missing;
    private final @Nullable Bins[] bins;
    private final TreeMap<YearMonth, long[]> months = new TreeMap<>();
    private final BitSet daysSinceFirst = new BitSet();
    private long firstDay = Long.MAX_VALUE;
    private long lastDay = Long.MIN_VALUE;
    private long[] hashes = new long[1024];
    private int rows;
    private long withoutEmployment;
    private long compared;

    /// @param schema the features of the rows, in the order of their values
    /// @param champion the model with whose rows they are compared
    /// @param since the first day of the rows that are compared; without it, all are
    public DataProfile(FeatureSchema schema, Optional<ModelManifest> champion, Optional<LocalDate> since) {
        this.schema = schema;
        this.champion = champion;
        this.since = since;
        employment = schema.contains(Feature.EMPLOYED_DAYS) ? schema.position(Feature.EMPLOYED_DAYS) : -1;
        missing = new long[schema.size()];
        bins = new Bins[schema.size()];
        champion.ifPresent(manifest -> manifest.data().reference().forEach((feature, reference) -> {
            if (schema.contains(feature)) {
                bins[schema.position(feature)] = new Bins(reference);
            }
        }));
    }

    /// The profile of a training's rows, of which those since the champion's cutoff are compared with its
    /// rows: the others are its rows themselves.
    public static DataProfile of(LabelledRows rows, Optional<ModelManifest> champion) {
        var profile = new DataProfile(
                rows.schema(),
                champion,
                champion.map(manifest -> manifest.data().cutoff()));
        for (int row = 0; row < rows.size(); row++) {
            profile.add(rows.values(row), rows.divorced(row), rows.date(row));
        }
        return profile;
    }

    /// Counts a row: its values in the order of the schema, NaN where one is missing, its label and its day.
    public void add(float[] values, boolean divorced, LocalDate date) {
        if (rows == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.multiplyExact(2, rows));
        }
        hashes[rows++] = hash(values);
        note(date);
        var month = months.computeIfAbsent(YearMonth.from(date), _ -> new long[2]);
        month[0]++;
        month[1] += divorced ? 1 : 0;
        if (employment >= 0 && values[employment] == Feature.NO_EMPLOYMENT_DAYS) {
            withoutEmployment++;
        }
        boolean compares = champion.isPresent()
                && since.map(first -> !date.isBefore(first)).orElse(true);
        compared += compares ? 1 : 0;
        for (int feature = 0; feature < values.length; feature++) {
            if (Float.isNaN(values[feature])) {
                missing[feature]++;
            } else if (compares && bins[feature] != null) {
                bins[feature].count(values[feature] + 0f); // which turns -0 into 0
            }
        }
    }

    /// The figures of the rows so far.
    public DataReport report(DataReport.Occasion occasion, String name, Instant now) {
        return new DataReport(
                occasion,
                name,
                now,
                rows,
                months.values().stream().mapToLong(month -> month[1]).sum(),
                recurring(),
                withoutEmployment,
                rows == 0 ? Optional.empty() : Optional.of(days()),
                months.entrySet().stream()
                        .map(month -> new DataReport.Month(month.getKey(), month.getValue()[0], month.getValue()[1]))
                        .toList(),
                IntStream.range(0, schema.size()).mapToObj(this::figures).toList(),
                champion.map(manifest -> new DataReport.Comparison(manifest.version(), compared, since)));
    }

    /// The days may come in any order; the bits move when one is before the first.
    private void note(LocalDate date) {
        long day = date.toEpochDay();
        if (day < firstDay) {
            if (rows > 1) {
                var moved = new BitSet();
                int by = Math.toIntExact(firstDay - day);
                daysSinceFirst.stream().forEach(bit -> moved.set(bit + by));
                daysSinceFirst.clear();
                daysSinceFirst.or(moved);
            }
            firstDay = day;
        }
        lastDay = Math.max(lastDay, day);
        daysSinceFirst.set(Math.toIntExact(day - firstDay));
    }

    private DataReport.Days days() {
        return new DataReport.Days(
                LocalDate.ofEpochDay(firstDay),
                LocalDate.ofEpochDay(lastDay),
                lastDay - firstDay + 1 - daysSinceFirst.cardinality());
    }

    private DataReport.FeatureFigures figures(int feature) {
        @Nullable Bins counted = bins[feature];
        return new DataReport.FeatureFigures(
                schema.features().get(feature),
                missing[feature],
                counted == null ? 0 : counted.beyond,
                counted == null ? OptionalDouble.empty() : counted.psi());
    }

    private long recurring() {
        var sorted = Arrays.copyOf(hashes, rows);
        Arrays.sort(sorted);
        long recurring = 0;
        for (int from = 0, to; from < rows; from = to) {
            to = from + 1;
            while (to < rows && sorted[to] == sorted[from]) {
                to++;
            }
            recurring += to - from > 1 ? to - from : 0;
        }
        return recurring;
    }

    /// Mixes each value in by the finaliser of SplitMix64: Steele, Lea and Flood, Fast splittable
    /// pseudorandom number generators (2014).
    private static long hash(float[] values) {
        long hash = 0;
        for (float value : values) {
            hash = (hash ^ Float.floatToIntBits(value + 0f)) + MULTIPLIER;
            hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
            hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
            hash ^= hash >>> 31;
        }
        return hash;
    }

    /// The compared rows in the bins of one feature.
    private static final class Bins {

        private final List<Long> expected;
        private final float[] edges;
        private final long[] counts;
        private final float least;
        private final float most;
        private long beyond;
        private long counted;

        Bins(ReferenceDistribution reference) {
            expected = reference.counts();
            edges = new float[reference.edges().size()];
            for (int edge = 0; edge < edges.length; edge++) {
                edges[edge] = reference.edges().get(edge);
            }
            counts = new long[expected.size()];
            var ends = reference.withEnds().edges();
            least = ends.getFirst() < edges[0] ? ends.getFirst() : Float.NEGATIVE_INFINITY;
            most = ends.getLast() > edges[edges.length - 1] ? ends.getLast() : Float.POSITIVE_INFINITY;
        }

        void count(float value) {
            int found = Arrays.binarySearch(edges, value);
            counts[found >= 0 ? found + 1 : -found - 1]++;
            counted++;
            if (value < least || value >= most) {
                beyond++;
            }
        }

        OptionalDouble psi() {
            return counted < DriftPolicy.DEFAULT.minSamples()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                            Psi.of(expected, Arrays.stream(counts).boxed().toList()));
        }
    }
}
