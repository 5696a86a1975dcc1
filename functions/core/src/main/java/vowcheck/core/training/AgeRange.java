package vowcheck.core.training;

/// The ages between which models are compared for fairness. A year has 365 days here, as in the data.
public enum AgeRange {
    /// Younger than 27 years.
    UNDER_27(0, "under 27"),
    /// From 27 to 45 years.
    FROM_27_TO_45(1, "27 to 45"),
    /// Older than 45 years.
    OVER_45(2, "over 45");

    private static final float YEAR_DAYS = 365;

    private final int position;
    private final String words;

    AgeRange(int position, String words) {
        this.position = position;
        this.words = words;
    }

    /// The range's place among the ranges, from 0 for the youngest.
    int position() {
        return position;
    }

    /// The range of an age in days, which must not be NaN.
    public static AgeRange of(float ageDays) {
        if (ageDays < 27 * YEAR_DAYS) {
            return UNDER_27;
        }
        return ageDays <= 45 * YEAR_DAYS ? FROM_27_TO_45 : OVER_45;
    }

    /// The range in years, such as `27 to 45`.
    public String inWords() {
        return words;
    }
}
