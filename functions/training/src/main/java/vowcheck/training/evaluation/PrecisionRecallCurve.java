package vowcheck.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import vowcheck.adapters.json.JsonObject;

/// Precision and recall by threshold, from the highest threshold to the lowest.
///
/// @param points at most about [#MOST_POINTS], evenly spaced in recall
/// @param positiveRate the precision of a model without skill
record PrecisionRecallCurve(List<Point> points, double positiveRate) {

    static final int MOST_POINTS = 200;

    PrecisionRecallCurve {
        points = List.copyOf(points);
    }

    /// @param threshold the rows with at least this probability are predicted to divorce
    /// @param precision the share of them that divorced
    /// @param recall the share of all divorced rows that is among them
    record Point(double threshold, double precision, double recall) {}

    /// The curve of rows of both labels. Rows with equal probabilities share one threshold.
    static PrecisionRecallCurve of(RankedRows rows) {
        var points = new ArrayList<Point>();
        int hits = 0;
        double drawn = 0;
        for (int rank = 0; rank < rows.size(); rank++) {
            hits += rows.divorced(rank) ? 1 : 0;
            boolean last = rank + 1 == rows.size();
            if (!last && rows.probability(rank + 1) == rows.probability(rank)) {
                continue;
            }
            double recall = (double) hits / rows.positives();
            if (last || points.isEmpty() || recall - drawn >= 1.0 / MOST_POINTS) {
                points.add(new Point(rows.probability(rank), (double) hits / (rank + 1), recall));
                drawn = recall;
            }
        }
        return new PrecisionRecallCurve(points, (double) rows.positives() / rows.size());
    }

    JsonObject json() {
        return new JsonObject()
                .with("positive_rate", positiveRate)
                .with("threshold", points.stream().map(Point::threshold).toList())
                .with("precision", points.stream().map(Point::precision).toList())
                .with("recall", points.stream().map(Point::recall).toList());
    }

    String svg() {
        double highest = points.stream().mapToDouble(Point::precision).max().orElse(1);
        var chart = new SvgChart("Precision and recall on the test rows", "recall", "precision", 1, highest);
        chart.dashes(0, positiveRate, 1, positiveRate, "without skill");
        chart.line(
                points.stream().mapToDouble(Point::recall).toArray(),
                points.stream().mapToDouble(Point::precision).toArray());
        return chart.svg();
    }
}
