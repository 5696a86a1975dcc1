package vowcheck.core.features;

import java.util.Arrays;
import java.util.Optional;

/// The levels of schooling, which [Feature#EDUCATION_DAYS] gives in days.
public enum EducationLevel {
    JUNIOR_SECONDARY(3285),
    SECONDARY(4380),
    DROPPED_OUT_OF_UNIVERSITY(5110),
    GRADUATE(5840),
    POSTGRADUATE(6570);

    private final int days;

    EducationLevel(int days) {
        this.days = days;
    }

    /// The schooling up to this level, in days.
    public int days() {
        return days;
    }

    /// The level of exactly that many days; empty for any other number.
    public static Optional<EducationLevel> of(float days) {
        return Arrays.stream(values()).filter(level -> level.days == days).findFirst();
    }
}
