package vowcheck.adapters.tribuo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.core.model.UnusableModel;

/// The faults of a document in a bundle: each is an [UnusableModel] that shows the field and its value, which are no
/// secrets.
///
/// @param document the document's name, such as `manifest`
public record ModelFaults(String document) implements JsonFaults {

    private static final int MOST_SHOWN_ITEMS = 10;

    @Override
    public UnusableModel notAnObject(RuntimeException cause) {
        return new UnusableModel("The %s is not a JSON object: %s".formatted(document, cause.getMessage()), cause);
    }

    @Override
    public UnusableModel missing(String path, String expected) {
        return new UnusableModel("The %s has no %s".formatted(document, path));
    }

    @Override
    public UnusableModel wrong(String path, @Nullable Object value, String expected) {
        return new UnusableModel("%s of the %s is %s, expected %s".formatted(path, document, shown(value), expected));
    }

    @Override
    public UnusableModel invalid(String path, RuntimeException cause) {
        var place = path.isEmpty() ? "The " + document : "%s of the %s".formatted(path, document);
        return new UnusableModel("%s: %s".formatted(place, cause.getMessage()), cause);
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case String text -> "'%s'".formatted(text);
            case List<?> list when list.size() > MOST_SHOWN_ITEMS -> "an array of %d values".formatted(list.size());
            case null, default -> String.valueOf(value);
        };
    }
}
