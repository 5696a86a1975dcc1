package vowcheck.core.drift;

import java.util.List;

/// The population stability index of two samples that were counted in the same bins: the sum over the bins
/// of `(a - e) × ln(a / e)`, a and e being the shares of the actual and the expected sample. Source:
/// Siddiqi, Credit Risk Scorecards (2006), chapter 8; it is the symmetrised divergence of Kullback and
/// Leibler, On Information and Sufficiency (1951).
public final class Psi {

    /// A share below this counts as this: an empty bin would make the index infinite. Small enough that a
    /// bin of one row in 10,000 is not lifted, large enough that one stray row among a thousand stays below
    /// 0.003.
    public static final double LEAST_SHARE = 1e-4;

    private Psi() {}

    /// The index of two lists of counts, bin by bin; each list holds at least one row. At least 0, and 0
    /// where the shares are equal.
    public static double of(List<Long> expected, List<Long> actual) {
        if (expected.size() != actual.size()) {
            throw new IllegalArgumentException(
                    "%d bins, expected %d as in the reference".formatted(actual.size(), expected.size()));
        }
        double expectedRows = rows(expected);
        double actualRows = rows(actual);
        double index = 0;
        for (int bin = 0; bin < expected.size(); bin++) {
            double expectedShare = Math.max(LEAST_SHARE, expected.get(bin) / expectedRows);
            double actualShare = Math.max(LEAST_SHARE, actual.get(bin) / actualRows);
            index += (actualShare - expectedShare) * Math.log(actualShare / expectedShare);
        }
        return index;
    }

    private static double rows(List<Long> counts) {
        long rows = counts.stream().mapToLong(Long::longValue).sum();
        if (rows < 1) {
            throw new IllegalArgumentException("no rows, expected at least one");
        }
        return rows;
    }
}
