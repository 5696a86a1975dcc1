package vowcheck.adapters.settings;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The settings that a program declares, read from its environment. A setting that is missing or malformed is refused
/// by name.
public final class Settings {

    private final Set<Setting> declared;
    private final Map<String, String> environment;

    /// Throws [IllegalStateException] that names every declared setting that is needed and missing or blank.
    public Settings(Set<Setting> declared, Map<String, String> environment) {
        this.declared = Set.copyOf(declared);
        this.environment = Map.copyOf(environment);
        var missing = Setting.needed(declared, environment).stream()
                .filter(setting -> environment.getOrDefault(setting.name(), "").isBlank())
                .map(Setting::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("environment variables are not set: " + String.join(", ", missing));
        }
    }

    /// The declared settings of this process.
    public static Settings fromEnvironment(Set<Setting> declared) {
        return new Settings(declared, System.getenv());
    }

    /// A setting's text. Throws [IllegalArgumentException] for a setting that the program does not declare or, in
    /// this environment, does not need.
    public String text(Setting setting) {
        @Nullable String value = environment.get(setting.name());
        if (value == null || !declared.contains(setting)) {
            throw new IllegalArgumentException("the program reads %s, which it does not declare".formatted(setting));
        }
        return value;
    }

    /// A setting that is an ISO-8601 duration such as `PT30S`; throws [IllegalStateException] for anything else.
    public Duration duration(Setting setting) {
        var text = text(setting);
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(
                    "%s is '%s', expected an ISO-8601 duration such as PT30S".formatted(setting, text), e);
        }
    }

    /// A setting that is the name of one of the constants of `choices`; throws [IllegalStateException] for anything
    /// else.
    public <E extends Enum<E>> E choice(Setting setting, Class<E> choices) {
        var text = text(setting);
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equals(text)) {
                return choice;
            }
        }
        throw new IllegalStateException(
                "%s is '%s', expected one of %s".formatted(setting, text, Arrays.toString(choices.getEnumConstants())));
    }

    /// What `type` makes of a setting's text; throws [IllegalStateException] that names the setting where `type` throws
    /// [IllegalArgumentException].
    public <T> T value(Setting setting, Function<String, T> type) {
        var text = text(setting);
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("%s is %s".formatted(setting, e.getMessage()), e);
        }
    }

    /// A setting that is a TCP port; throws [IllegalStateException] for anything else.
    public int port(Setting setting) {
        return wholeNumber(setting, 1, 65_535, "a port of 1 to 65535");
    }

    /// A setting that is a whole number from 0 to 2,147,483,647; throws [IllegalStateException] for anything else.
    public int wholeNumber(Setting setting) {
        return wholeNumber(setting, 0, Integer.MAX_VALUE, "a whole number from 0 to 2147483647");
    }

    private int wholeNumber(Setting setting, int least, int most, String expected) {
        var text = text(setting);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number that is out of range
        }
        throw new IllegalStateException("%s is '%s', expected %s".formatted(setting, text, expected));
    }

    /// A setting that is a date; throws [IllegalStateException] for anything else.
    public LocalDate date(Setting setting) {
        var text = text(setting);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(
                    "%s is '%s', expected a date such as 2025-05-01".formatted(setting, text), e);
        }
    }

    /// A setting that is a number from 0 to 1; throws [IllegalStateException] for anything else.
    public double share(Setting setting) {
        double share = number(setting);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalStateException("%s is '%s', expected a number from 0 to 1".formatted(setting, share));
        }
        return share;
    }

    /// A setting that is a number, with or without a fraction; throws [IllegalStateException] for anything else.
    public double number(Setting setting) {
        var text = text(setting);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("%s is '%s', expected a number".formatted(setting, text), e);
        }
    }
}
