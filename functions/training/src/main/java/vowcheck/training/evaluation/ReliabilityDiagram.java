package vowcheck.training.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import vowcheck.adapters.json.JsonObject;

/// How often couples divorced, by the probability that was predicted for them.
///
/// @param bins with about equally many rows each, the lowest probabilities first
record ReliabilityDiagram(List<Bin> bins) {

    private static final int BINS = 10;

    ReliabilityDiagram {
        bins = List.copyOf(bins);
    }

    /// @param predicted the mean probability
    /// @param observed the share that divorced
    record Bin(int rows, double predicted, double observed) {}

    static ReliabilityDiagram of(RankedRows rows) {
        var bins = new ArrayList<Bin>();
        for (int bin = 0; bin < BINS; bin++) {
            int from = (int) ((long) rows.size() * bin / BINS);
            int to = (int) ((long) rows.size() * (bin + 1) / BINS);
            if (from == to) {
                continue;
            }
            double predicted = 0;
            int divorced = 0;
            for (int rank = from; rank < to; rank++) {
                predicted += rows.probability(rank);
                divorced += rows.divorced(rank) ? 1 : 0;
            }
            bins.add(new Bin(to - from, predicted / (to - from), (double) divorced / (to - from)));
        }
        Collections.reverse(bins);
        return new ReliabilityDiagram(bins);
    }

    JsonObject json() {
        return new JsonObject()
                .with("rows", bins.stream().map(Bin::rows).toList())
                .with("predicted", bins.stream().map(Bin::predicted).toList())
                .with("observed", bins.stream().map(Bin::observed).toList());
    }

    String svg() {
        double highest = bins.stream()
                .mapToDouble(bin -> Math.max(bin.predicted(), bin.observed()))
                .max()
                .orElse(1);
        var chart = new SvgChart(
                "Reliability on the test rows", "predicted probability", "share that divorced", highest, highest);
        chart.dashes(0, 0, highest, highest, "perfectly calibrated");
        chart.line(
                bins.stream().mapToDouble(Bin::predicted).toArray(),
                bins.stream().mapToDouble(Bin::observed).toArray());
        chart.dots(
                bins.stream().mapToDouble(Bin::predicted).toArray(),
                bins.stream().mapToDouble(Bin::observed).toArray());
        return chart.svg();
    }
}
