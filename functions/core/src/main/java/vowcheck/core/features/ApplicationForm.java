package vowcheck.core.features;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Collects an application's features as they are read, and every fault of its fields. Not thread-safe.
public final class ApplicationForm {

    private final FeatureSchema schema;
    private final LocalDate received;
    private final float[] values;
    private final BitSet entered;
    private final SortedMap<Integer, InvalidApplication.Fault> faults = new TreeMap<>();
    private final SortedMap<String, InvalidApplication.Fault> otherFaults = new TreeMap<>();

    /// @param schema the features that are read
    /// @param received the day of the application (UTC), which decides what features it must have
    public ApplicationForm(FeatureSchema schema, LocalDate received) {
        this.schema = schema;
        this.received = received;
        values = new float[schema.size()];
        Arrays.fill(values, Float.NaN);
        entered = new BitSet(values.length);
    }

    /// Enters a number exactly as it was sent: one that float32 cannot hold is a fault.
    public void enter(Feature feature, double value) {
        int position = schema.position(feature);
        if (entered.get(position)) {
            note(position, feature, "it twice", "it once");
        } else if (feature.accepts(value)) {
            values[position] = (float) value;
        } else {
            note(position, feature, String.valueOf(value), feature.expectation());
        }
        entered.set(position);
    }

    /// Refuses whatever was sent for a feature, described by `what`, such as `a string`.
    public void refuse(Feature feature, String what) {
        int position = schema.position(feature);
        if (entered.get(position)) {
            note(position, feature, "it twice", "it once");
        } else {
            note(position, feature, what, feature.expectation());
        }
        entered.set(position);
    }

    /// Refuses what was sent in a field that is no feature; the last refusal of a field counts.
    public void refuse(InvalidApplication.Fault other) {
        otherFaults.put(other.fieldName(), other);
    }

    /// The application; throws [InvalidApplication] with all faults, those of features in the schema's order. Features
    /// that are missing though they are required are among them.
    public Application application() {
        for (int position = 0; position < values.length; position++) {
            var feature = schema.features().get(position);
            if (!entered.get(position) && feature.isRequiredOn(received)) {
                note(position, feature, "nothing", feature.expectation());
            }
        }
        if (!faults.isEmpty() || !otherFaults.isEmpty()) {
            throw new InvalidApplication(Stream.concat(faults.values().stream(), otherFaults.values().stream())
                    .toList());
        }
        return Application.checked(schema, values.clone());
    }

    private void note(int position, Feature feature, String sent, String expected) {
        faults.put(position, new InvalidApplication.Fault(feature, sent, expected));
    }
}
