package vowcheck.core.training;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import vowcheck.core.drift.DriftCounts;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;

/// Refuses labelled rows of which two features have changed places, as when columns were loaded in another order. Each
/// of the two then looks more like the other one's known rows than like its own, which a change of the population does
/// not bring about. Features that have nearly the same distribution cannot be told apart in this way.
final class ExchangeCheck {

    /// Two features have changed places where exchanging them raises the sum of their two overlaps by more. In the
    /// months of the synthetic population, it lowers the sum of every pair by 0.41 at least (Client_Income and
    /// Age_Days), and in the 1001 applications of the replaced installation by 0.47; where two columns were loaded
    /// exchanged, it raises the sum by as much.
    static final double MOST_GAIN = 0.2;

    private final DriftCounts logged;

    /// @param logged counts the logged applications; it is asked only about features that seem to be exchanged
    ExchangeCheck(DriftCounts logged) {
        this.logged = logged;
    }

    /// Two features, and how far the newest rows overlap with known ones.
    ///
    /// @param inPlace the sum of the overlaps of each with itself, from 0 to 2
    /// @param exchanged the sum of the overlaps of each with the other one
    record Pair(Feature one, Feature other, double inPlace, double exchanged) {

        /// How much better the rows fit with the two features exchanged.
        double gain() {
            return exchanged - inPlace;
        }
    }

    /// Throws [RefusedRows] that names the features, and what [DriftCounts] throws. Where the applications logged
    /// lately are like the rows, the change is real.
    ///
    /// @param newest at least one row
    /// @param since the first day of the applications
    void requireInPlace(LabelledRows newest, ModelManifest champion, LocalDate since) {
        var bins = bins(newest, champion);
        var suspects = pairs(newest, bins, counts(bins)).stream()
                .filter(pair -> pair.gain() > MOST_GAIN)
                .toList();
        if (suspects.isEmpty()) {
            return;
        }
        var suspected = new LinkedHashMap<Feature, ReferenceDistribution>();
        suspects.forEach(pair -> {
            suspected.put(pair.one(), requireNonNull(bins.get(pair.one())));
            suspected.put(pair.other(), requireNonNull(bins.get(pair.other())));
        });
        var lately = logged.since(since, suspected).countsByFeature();
        var refused = suspects.stream()
                .filter(pair -> !isConfirmed(pair, newest, suspected, lately))
                .map(pair -> words(pair, champion))
                .toList();
        if (!refused.isEmpty()) {
            throw new RefusedRows(String.format(
                    Locale.ROOT,
                    "the %,d newest labelled rows are refused: %s; check which column is which, correct the rows and train"
                            + " again",
                    newest.size(),
                    String.join("; ", refused)));
        }
    }

    /// All pairs of features that rows and champion have.
    static List<Pair> pairs(LabelledRows newest, ModelManifest champion) {
        var bins = bins(newest, champion);
        return pairs(newest, bins, counts(bins));
    }

    private static SequencedMap<Feature, ReferenceDistribution> bins(LabelledRows newest, ModelManifest champion) {
        var bins = new LinkedHashMap<Feature, ReferenceDistribution>();
        champion.schema().features().stream()
                .filter(newest.schema()::contains)
                .forEach(feature -> bins.put(feature, RangeCheck.reference(champion, feature)));
        return bins;
    }

    private static Map<Feature, List<Long>> counts(Map<Feature, ReferenceDistribution> bins) {
        var counts = new LinkedHashMap<Feature, List<Long>>();
        bins.forEach((feature, distribution) -> counts.put(feature, distribution.counts()));
        return counts;
    }

    /// @param known counts of known rows, in these bins
    private static List<Pair> pairs(
            LabelledRows newest, SequencedMap<Feature, ReferenceDistribution> bins, Map<Feature, List<Long>> known) {
        var features = List.copyOf(bins.keySet());
        var overlaps = overlaps(newest, features, bins, known);
        var pairs = new ArrayList<Pair>();
        for (int one = 0; one < features.size(); one++) {
            for (int other = one + 1; other < features.size(); other++) {
                pairs.add(new Pair(
                        features.get(one),
                        features.get(other),
                        overlaps[one][one] + overlaps[other][other],
                        overlaps[one][other] + overlaps[other][one]));
            }
        }
        return pairs;
    }

    /// How far the newest rows' values of each feature, by its position, overlap with the known ones of each feature.
    private static double[][] overlaps(
            LabelledRows newest,
            List<Feature> features,
            Map<Feature, ReferenceDistribution> bins,
            Map<Feature, List<Long>> known) {
        var overlaps = new double[features.size()][features.size()];
        for (int one = 0; one < overlaps.length; one++) {
            float[] values = newest.column(features.get(one));
            for (int other = 0; other < overlaps.length; other++) {
                var knownFeature = features.get(other);
                var counts = requireNonNull(bins.get(knownFeature)).count(values);
                // NaN where no row has an optional feature: its pairs never gain.
                overlaps[one][other] = RangeCheck.overlap(requireNonNull(known.get(knownFeature)), counts);
            }
        }
        return overlaps;
    }

    private static boolean isConfirmed(
            Pair pair,
            LabelledRows newest,
            SequencedMap<Feature, ReferenceDistribution> bins,
            Map<Feature, List<Long>> lately) {
        if (RangeCheck.sum(requireNonNull(lately.get(pair.one()))) < DriftPolicy.DEFAULT.minSamples()) {
            return false;
        }
        var both = new LinkedHashMap<>(bins);
        both.keySet().retainAll(List.of(pair.one(), pair.other()));
        return pairs(newest, both, lately).stream().allMatch(again -> again.gain() <= MOST_GAIN);
    }

    private static String words(Pair pair, ModelManifest champion) {
        return String.format(
                Locale.ROOT,
                "%s and %s seem to be exchanged: their overlaps with the rows of version %s sum to %.2f, and to %.2f if"
                        + " they change places",
                pair.one(),
                pair.other(),
                champion.version(),
                pair.inPlace(),
                pair.exchanged());
    }
}
