package vowcheck.core.features;

import java.math.BigDecimal;

/// The lower bound of a feature's values.
///
/// @param value the bound, finite
/// @param exclusive whether the bound itself is refused
public record LowerBound(double value, boolean exclusive) {

    /// Admits `value` and everything above it.
    public static LowerBound atLeast(double value) {
        return new LowerBound(value, false);
    }

    /// Admits everything above `value`.
    public static LowerBound above(double value) {
        return new LowerBound(value, true);
    }

    public LowerBound {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("lower bound %s, expected a finite number".formatted(value));
        }
    }

    /// Whether a number is within the bound, both as it was sent and as the float32 that it is stored as.
    boolean admits(double sent, float stored) {
        return exclusive ? sent > value && stored > value : sent >= value && stored >= value;
    }

    /// A value within the bound.
    public double example() {
        return value + 1;
    }

    /// What is within the bound, such as `0 or more`.
    public String admitted() {
        return exclusive ? "greater than " + number() : number() + " or more";
    }

    /// What a number outside the bound is, such as `negative`.
    public String violation() {
        if (exclusive) {
            return number() + " or less";
        }
        return value == 0 ? "negative" : "less than " + number();
    }

    /// The bound in words that follow "a number", such as `of 0 or more`.
    String inWords() {
        return exclusive ? admitted() : "of " + admitted();
    }

    private String number() {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
