package vowcheck.core.drift;

import java.util.List;

/// The population stability index of two samples that were counted in the same bins: the sum over the bins of
/// `(a - e) × ln(a / e)`, where a and e are the shares of the actual and the expected sample. Source:
/// Siddiqi, Credit Risk Scorecards (2006), chapter 8; it is the symmetrised divergence of Kullback and
/// Leibler, On Information and Sufficiency (1951).
public final class Psi {

    /// Smaller shares are raised to this one, because an empty bin would make the index infinite. It is small
    /// enough to leave a bin of one row in 10,000 as it is, and large enough that one stray row in a thousand
    /// adds less than 0.003 to the index.
    public static final double LEAST_SHARE = 1e-4;

    private Psi() {}

    /// The index of two lists of counts by bin, each with at least one row. It is at least 0, and 0 if the
    /// shares are equal.
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
