package vowcheck.core.training;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import vowcheck.core.drift.DriftCounts;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.RowCount;

/// Refuses labelled rows of which a feature has moved wholly out of the range that serves today, such as days that
/// were loaded as years: a model of such rows is good at them, and wrong for every applicant. The newest rows are
/// compared with the rows of the champion and, where these differ, with the applications logged lately. What both the
/// newest rows and the applications show is a real change, which is to be learned.
///
/// It refuses them as well when their share of divorces is far from that of the champion's rows, such as when the label
/// was loaded inverted. No application has a label, so nothing confirms such a change by itself. And it refuses them
/// when two features have changed places ([ExchangeCheck]).
public final class RangeCheck {

    /// Below this overlap, a feature has moved wholly. With the rows of the synthetic population, a feature that
    /// is constant at any value between its first and its ninth decile overlaps by 0.029 at least, usually by 0.1;
    /// yearly amounts that were loaded as monthly ones by 0.014, and other changes of the unit by less. From one
    /// month of that population to the next, the least overlap of any feature is 0.88.
    public static final double LEAST_OVERLAP = 0.02;

    /// Below this overlap, the share of divorces is far from the champion's: of two values, the overlap is 1 less
    /// the difference of the shares. Over the monthly cutoffs of the synthetic population, the least is 0.92, and
    /// that of an inverted label 0.27 at most. A share that trebles, from 0.1 to 0.3, passes. Where the champion's
    /// share is between 0.375 and 0.625, an inverted label cannot be told.
    public static final double LEAST_LABEL_OVERLAP = 0.75;

    private static final int LATELY_DAYS = 30;
    private static final int NEWEST_PART = 10;

    /// Fewer rows than this are not compared: chance alone moves the share of divorces of 100 rows by 0.25 less
    /// than once in a million times, and that of 20 rows once in a hundred times.
    static final int LEAST_ROWS = 100;

    private final DriftCounts logged;
    private final ExchangeCheck exchange;
    private final double leastOverlap;
    private final InstantSource clock;

    /// @param logged counts the logged applications; it is asked only about features that differ from the champion's
    /// @param leastOverlap a feature that overlaps less has moved wholly, from 0 to 1; 0 refuses nothing,
    ///     whatever the share of divorces
    public RangeCheck(DriftCounts logged, double leastOverlap, InstantSource clock) {
        if (!(leastOverlap >= 0 && leastOverlap <= 1)) {
            throw new IllegalArgumentException("least overlap %s, expected 0 to 1".formatted(leastOverlap));
        }
        this.logged = logged;
        this.exchange = new ExchangeCheck(logged);
        this.leastOverlap = leastOverlap;
        this.clock = clock;
    }

    /// Throws [RefusedRows] that names the share of divorces, each feature which has moved wholly or those which
    /// have changed places, and what [DriftCounts] throws.
    ///
    /// @param rows in time order, at least one
    public void requireInRange(LabelledRows rows, ModelManifest champion) {
        if (leastOverlap == 0) {
            return;
        }
        var newest = newest(rows, champion.data().cutoff());
        if (newest.size() < LEAST_ROWS) {
            return;
        }
        requireUsualLabels(newest, champion);
        // First: of two columns that changed places, both may have moved wholly.
        exchange.requireInPlace(newest, champion, lately());
        requireUsualRange(newest, champion);
    }

    private void requireUsualRange(LabelledRows newest, ModelManifest champion) {
        var moved = new LinkedHashMap<Feature, ReferenceDistribution>();
        overlapsOf(newest, champion).forEach((feature, overlap) -> {
            if (overlap < leastOverlap) {
                moved.put(feature, reference(champion, feature));
            }
        });
        if (moved.isEmpty()) {
            return;
        }
        var refused = refused(newest, champion, moved);
        if (!refused.isEmpty()) {
            throw new RefusedRows(String.format(
                    Locale.ROOT,
                    "the %,d newest labelled rows are refused: %s; expected an overlap of at least %s; check the unit of"
                            + " these values, correct the rows and train again",
                    newest.size(),
                    String.join("; ", refused),
                    leastOverlap));
        }
    }

    private static void requireUsualLabels(LabelledRows newest, ModelManifest champion) {
        double share = shareOfDivorces(newest);
        double known = shareOfDivorces(champion);
        if (labelOverlap(share, known) < LEAST_LABEL_OVERLAP) {
            double most = 1 - LEAST_LABEL_OVERLAP;
            throw new RefusedRows(String.format(
                    Locale.ROOT,
                    "the %,d newest labelled rows are refused: their share of divorces is %.3f, expected %.3f to %.3f,"
                            + " since it is %.3f in the rows of version %s; check that Divorce is 1 for a divorce and 0"
                            + " for none, correct the rows and train again",
                    newest.size(),
                    share,
                    Math.max(0, known - most),
                    Math.min(1, known + most),
                    known,
                    champion.version()));
        }
    }

    /// How far the newest rows' label overlaps with that of the champion's rows, from 0 to 1.
    ///
    /// @param rows in time order, at least one
    public static double labelOverlap(LabelledRows rows, ModelManifest champion) {
        return labelOverlap(shareOfDivorces(newest(rows, champion.data().cutoff())), shareOfDivorces(champion));
    }

    private static double labelOverlap(double share, double known) {
        return 1 - Math.abs(share - known);
    }

    private static double shareOfDivorces(LabelledRows rows) {
        return (double) rows.positives() / rows.size();
    }

    private static double shareOfDivorces(ModelManifest champion) {
        var data = champion.data();
        var parts = List.of(data.training(), data.calibrating(), data.test());
        double rows = parts.stream().mapToInt(RowCount::rows).sum();
        return parts.stream().mapToInt(RowCount::positives).sum() / rows;
    }

    /// The rows since the champion's cutoff, at least a tenth of all, and at least [#LEAST_ROWS] where there
    /// are so many.
    static LabelledRows newest(LabelledRows rows, LocalDate championCutoff) {
        int least = Math.max(Math.ceilDiv(rows.size(), NEWEST_PART), Math.min(rows.size(), LEAST_ROWS));
        int last = rows.size() - least;
        int since = IntStream.range(0, last)
                .filter(row -> !rows.date(row).isBefore(championCutoff))
                .findFirst()
                .orElse(last);
        return rows.range(since, rows.size());
    }

    /// How far the newest rows overlap with the champion's, for each feature that both have: the sum over the bins of
    /// the smaller share, from 0 (nothing in common) to 1.
    ///
    /// @param rows in time order, at least one
    public static SequencedMap<Feature, Double> overlaps(LabelledRows rows, ModelManifest champion) {
        return overlapsOf(newest(rows, champion.data().cutoff()), champion);
    }

    private static SequencedMap<Feature, Double> overlapsOf(LabelledRows rows, ModelManifest champion) {
        var overlaps = new LinkedHashMap<Feature, Double>();
        for (var feature : champion.schema().features()) {
            if (rows.schema().contains(feature)) {
                var reference = reference(champion, feature);
                var counts = reference.count(rows.column(feature));
                if (sum(counts) > 0) { // otherwise no row has the feature, which only an optional one may lack
                    overlaps.put(feature, overlap(reference.counts(), counts));
                }
            }
        }
        return overlaps;
    }

    private LocalDate lately() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(LATELY_DAYS);
    }

    /// By how much exchanging any two features raises the sum of their overlaps; negative where none gains.
    ///
    /// @param rows in time order, at least one
    public static double largestGainOfAnExchange(LabelledRows rows, ModelManifest champion) {
        return ExchangeCheck.pairs(newest(rows, champion.data().cutoff()), champion).stream()
                .mapToDouble(ExchangeCheck.Pair::gain)
                .max()
                .orElseThrow();
    }

    private List<String> refused(
            LabelledRows newest, ModelManifest champion, SequencedMap<Feature, ReferenceDistribution> moved) {
        var from = lately();
        var lately = logged.since(from, moved).countsByFeature();
        return moved.keySet().stream()
                .map(feature -> {
                    var reference = requireNonNull(moved.get(feature));
                    var counts = reference.count(newest.column(feature));
                    var applications = requireNonNull(lately.get(feature));
                    double known = overlap(reference.counts(), counts);
                    long logs = sum(applications);
                    if (logs < DriftPolicy.DEFAULT.minSamples()) {
                        return String.format(
                                Locale.ROOT,
                                "%s has moved out of the range that serves: overlap %.3f with the rows of version %s (%,d"
                                        + " applications logged since %s are too few to compare with)",
                                feature,
                                known,
                                champion.version(),
                                logs,
                                from);
                    }
                    double serving = overlap(applications, counts);
                    return serving >= leastOverlap
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%s has moved out of the range that serves: overlap %.3f with the rows of version %s"
                                            + " and %.3f with the %,d applications logged since %s",
                                    feature,
                                    known,
                                    champion.version(),
                                    serving,
                                    logs,
                                    from);
                })
                .filter(words -> !words.isEmpty())
                .toList();
    }

    static ReferenceDistribution reference(ModelManifest champion, Feature feature) {
        return requireNonNull(champion.data().reference().get(feature)).withEnds();
    }

    static double overlap(List<Long> one, List<Long> other) {
        double ones = sum(one);
        double others = sum(other);
        return IntStream.range(0, one.size())
                .mapToDouble(bin -> Math.min(one.get(bin) / ones, other.get(bin) / others))
                .sum();
    }

    static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
