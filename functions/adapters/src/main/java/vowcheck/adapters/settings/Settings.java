package vowcheck.adapters.settings;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads [Setting]s from an environment and refuses what is missing or malformed by its name.
public final class Settings {

    private final Map<String, String> environment;

    public Settings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// The settings of this process.
    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    /// A setting's text; throws [IllegalStateException] when it is missing.
    public String text(Setting setting) {
        @Nullable String value = environment.get(setting.name());
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable %s is not set".formatted(setting));
        }
        return value;
    }

    /// A setting that is an ISO-8601 duration such as `PT30S`; throws [IllegalStateException] for anything
    /// else.
    public Duration duration(Setting setting) {
        var text = text(setting);
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(
                    "%s is '%s', expected an ISO-8601 duration such as PT30S".formatted(setting, text), e);
        }
    }

    /// A setting that is one of the constants of `choices`, by its name; throws [IllegalStateException] for
    /// anything else.
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

    /// A setting that is a TCP port; throws [IllegalStateException] for anything else.
    public int port(Setting setting) {
        var text = text(setting);
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new IllegalStateException("%s is '%s', expected a port of 1 to 65535".formatted(setting, text));
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

    /// A setting that is a number, with or without a fraction; throws [IllegalStateException] for anything
    /// else.
    public double number(Setting setting) {
        var text = text(setting);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("%s is '%s', expected a number".formatted(setting, text), e);
        }
    }
}
