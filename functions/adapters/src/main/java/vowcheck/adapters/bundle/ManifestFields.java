package vowcheck.adapters.bundle;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.UnusableModel;

/// The fields of one object in a manifest, and the path that leads to it.
record ManifestFields(String path, Map<?, ?> fields) {

    List<String> names() {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    ManifestFields object(String name) {
        if (field(name) instanceof Map<?, ?> object) {
            return new ManifestFields(pathOf(name), object);
        }
        throw wrong(name, "an object");
    }

    String text(String name) {
        if (field(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "text");
    }

    double number(String name) {
        if (field(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, "a finite number");
    }

    long whole(String name) {
        return switch (field(name)) {
            case Integer whole -> whole;
            case Long whole -> whole;
            case null, default -> throw wrong(name, "a whole number of 64 bits");
        };
    }

    int count(String name) {
        if (field(name) instanceof Integer count) {
            return count;
        }
        throw wrong(name, "a whole number of 32 bits");
    }

    List<Number> numbers(String name) {
        if (field(name) instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return list.stream().map(Number.class::cast).toList();
        }
        throw wrong(name, "an array of numbers");
    }

    LocalDate date(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw new UnusableModel(
                    "%s of the manifest is '%s', expected a date".formatted(pathOf(name), text(name)), e);
        }
    }

    <T> T value(String name, Function<String, T> type) {
        try {
            return type.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw new UnusableModel("%s of the manifest: %s".formatted(pathOf(name), e.getMessage()), e);
        }
    }

    /// What `type` makes of these fields; where it refuses them, the object is named.
    <T> T valid(Supplier<T> type) {
        try {
            return type.get();
        } catch (IllegalArgumentException e) {
            throw new UnusableModel(
                    "%s: %s".formatted(path.isEmpty() ? "The manifest" : path + " of the manifest", e.getMessage()), e);
        }
    }

    private @Nullable Object field(String name) {
        if (!fields.containsKey(name)) {
            throw new UnusableModel("The manifest has no %s".formatted(pathOf(name)));
        }
        return fields.get(name);
    }

    private UnusableModel wrong(String name, String expected) {
        return new UnusableModel(
                "%s of the manifest is %s, expected %s".formatted(pathOf(name), fields.get(name), expected));
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
