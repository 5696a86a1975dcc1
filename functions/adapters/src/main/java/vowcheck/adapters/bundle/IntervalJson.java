package vowcheck.adapters.bundle;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.training.Interval;

/// `{"difference","lower","upper"}`.
public final class IntervalJson {

    private IntervalJson() {}

    /// Such an object.
    public static JsonObject write(Interval interval) {
        return new JsonObject()
                .with("difference", interval.difference())
                .with("lower", interval.lower())
                .with("upper", interval.upper());
    }

    /// Throws the document's exception, which names the field that is missing or wrong.
    public static Interval read(JsonDocument json) {
        return json.valid(() -> new Interval(json.number("difference"), json.number("lower"), json.number("upper")));
    }
}
