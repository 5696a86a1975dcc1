package vowcheck.infra.stage;

import java.time.Duration;

/// The values that a setting may have.
///
/// @param least the least allowed value
/// @param most the greatest allowed value
record AllowedRange<T extends Comparable<? super T>>(T least, T most) {
    /// The same value, if it is in the range.
    ///
    /// @param setting the setting's name, such as `database.storageGib`
    /// @throws IllegalArgumentException otherwise, naming the setting, the value and the range
    T check(String setting, T value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s: expected %s".formatted(setting, text(value), this));
        }
        return value;
    }

    @Override
    public String toString() {
        return text(least) + " to " + text(most);
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            var days = duration.toDays();
            return days > 0 && duration.equals(Duration.ofDays(days)) ? days + " days" : duration.toSeconds() + " s";
        }
        return value.toString();
    }
}
