package vowcheck.core.model;

/// The number of labelled rows in a part of the data.
///
/// @param rows at least 1
/// @param positives how many of them divorced, at most `rows`
public record RowCount(int rows, int positives) {

    public RowCount {
        if (rows < 1) {
            throw new IllegalArgumentException("%d rows, expected at least 1".formatted(rows));
        }
        if (positives < 0 || positives > rows) {
            throw new IllegalArgumentException("%d positives, expected 0 to %d".formatted(positives, rows));
        }
    }

    /// The rate of positives, in [0, 1].
    public double positiveRate() {
        return (double) positives / rows;
    }
}
