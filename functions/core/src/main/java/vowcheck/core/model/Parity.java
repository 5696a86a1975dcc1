package vowcheck.core.model;

/// How closely the trees evaluated in Java agreed with Tribuo's own prediction from the same file.
///
/// @param rows how many rows were compared, at least 1
/// @param largestDifference the largest absolute difference of two raw probabilities, in [0, 1]
public record Parity(int rows, double largestDifference) {

    public Parity {
        if (rows < 1) {
            throw new IllegalArgumentException("%d rows compared, expected at least 1".formatted(rows));
        }
        if (!(largestDifference >= 0 && largestDifference <= 1)) {
            throw new IllegalArgumentException("largest difference %s, expected 0 to 1".formatted(largestDifference));
        }
    }
}
