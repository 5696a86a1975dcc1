package vowcheck.adapters.bundle;

import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.core.model.UnusableModel;

/// The faults of a manifest: each is an [UnusableModel] that shows the field and its value, which are no secrets.
final class ManifestFaults implements JsonFaults {

    @Override
    public UnusableModel notAnObject(RuntimeException cause) {
        return new UnusableModel("The manifest is not a JSON object: " + cause.getMessage(), cause);
    }

    @Override
    public UnusableModel missing(String path, String expected) {
        return new UnusableModel("The manifest has no %s".formatted(path));
    }

    @Override
    public UnusableModel wrong(String path, @Nullable Object value, String expected) {
        var shown = value instanceof String text ? "'%s'".formatted(text) : String.valueOf(value);
        return new UnusableModel("%s of the manifest is %s, expected %s".formatted(path, shown, expected));
    }

    @Override
    public UnusableModel invalid(String path, RuntimeException cause) {
        var place = path.isEmpty() ? "The manifest" : path + " of the manifest";
        return new UnusableModel("%s: %s".formatted(place, cause.getMessage()), cause);
    }
}
