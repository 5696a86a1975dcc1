package vowcheck.core.training;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vowcheck.core.training.RankedScores.Measures;

/// Intervals of the differences of two models on the same rows. It resamples people, with all of their rows:
/// the rows of one person are not independent, and resampling rows would make the intervals too narrow. It is
/// paired: both models are measured on each resample. A bound is the more cautious one of the percentile and
/// the basic bootstrap: each alone promotes a little more often by chance than it says when the positives are
/// few. The same seed gives the same intervals. Source: Davison and Hinkley, Bootstrap Methods and their
/// Application (1997), chapter 5.
public final class PairedBootstrap {

    /// So many that the bounds are order statistics: the 100th from each end.
    public static final int RESAMPLES = 1_999;

    private static final double ONE_SIDED = 0.05;

    private final int resamples;
    private final long seed;

    public PairedBootstrap(long seed) {
        this(RESAMPLES, seed);
    }

    PairedBootstrap(int resamples, long seed) {
        this.resamples = resamples;
        this.seed = seed;
    }

    /// Compares the probabilities of two models on rows of both labels, whose order both have.
    public PairedDifferences compare(LabelledRows rows, double[] challenger, double[] champion) {
        return compare(ComparedRows.of(rows), challenger, champion);
    }

    PairedDifferences compare(ComparedRows rows, double[] challenger, double[] champion) {
        var ours = new RankedScores(rows, challenger);
        var theirs = new RankedScores(rows, champion);
        var once = new int[rows.people()];
        Arrays.fill(once, 1);
        var measured = new Pair(ours.measure(once), theirs.measure(once));
        var resampled = IntStream.range(0, resamples)
                .parallel()
                .mapToObj(resample -> {
                    int[] weights = weights(rows.people(), resample);
                    return new Pair(ours.measure(weights), theirs.measure(weights));
                })
                .toList();
        return new PairedDifferences(
                interval(measured, resampled.stream(), Measures::averagePrecision),
                interval(measured, resampled.stream(), Measures::calibrationError),
                interval(measured, resampled.stream(), Measures::recallGap),
                interval(measured, resampled.stream(), Measures::calibrationGap),
                Stream.of(AgeRange.values())
                        .map(range -> group(rows, range, measured))
                        .toList());
    }

    /// How often each person was drawn, when as many people are drawn with replacement as there are.
    private int[] weights(int people, int resample) {
        var random = random(resample);
        var weights = new int[people];
        for (int drawn = 0; drawn < people; drawn += 2) {
            long bits = random.nextLong();
            weights[scaled(bits >>> 32, people)]++;
            if (drawn + 1 < people) {
                weights[scaled(bits & 0xFFFF_FFFFL, people)]++;
            }
        }
        return weights;
    }

    /// 32 random bits as a number below `bound`; the bias is below `bound` / 2³².
    private static int scaled(long bits, int bound) {
        return (int) ((bits * bound) >>> 32);
    }

    private RandomGenerator random(int resample) {
        // The generator mixes its seed, so neighbouring seeds give unrelated numbers.
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + resample);
    }

    private Interval interval(Pair measured, Stream<Pair> resampled, ToDoubleFunction<Measures> metric) {
        var differences =
                resampled.mapToDouble(pair -> pair.difference(metric)).sorted().toArray();
        int tail = (int) (ONE_SIDED * (resamples + 1));
        double low = differences[tail - 1];
        double high = differences[resamples - tail];
        double difference = measured.difference(metric);
        return new Interval(difference, Math.min(low, 2 * difference - high), Math.max(high, 2 * difference - low));
    }

    private static AgeGroup group(ComparedRows rows, AgeRange range, Pair measured) {
        int position = range.position();
        return new AgeGroup(
                range,
                rows.rows(range),
                rows.positives(range),
                rows.counts(range),
                measured.challenger().recalls()[position],
                measured.champion().recalls()[position],
                measured.challenger().calibrationErrors()[position],
                measured.champion().calibrationErrors()[position]);
    }

    private record Pair(Measures challenger, Measures champion) {
        double difference(ToDoubleFunction<Measures> metric) {
            return metric.applyAsDouble(challenger) - metric.applyAsDouble(champion);
        }
    }
}
