package vowcheck.core.features;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Collects an application's features as they are read, and every fault of its fields. Not thread-safe.
public final class ApplicationForm {

    private final FeatureSchema schema;
    private final LocalDate received;
    private final float[] values;

    /// The faults of features by position, and those of other fields by name. Most applications have none, so that
    /// maps are made only for those that do: a batch has ten thousand forms.
    private SortedMap<Integer, InvalidApplication.Fault> faults = Collections.emptySortedMap();

    private SortedMap<String, InvalidApplication.Fault> otherFaults = Collections.emptySortedMap();

    /// @param schema the features that are read
    /// @param received the day of the application (UTC), which decides what features it must have
    public ApplicationForm(FeatureSchema schema, LocalDate received) {
        this.schema = schema;
        this.received = received;
        values = new float[schema.size()];
        Arrays.fill(values, Float.NaN);
    }

    /// Enters a number exactly as it was sent: one that float32 cannot hold is a fault.
    public void enter(Feature feature, double value) {
        enter(schema.position(feature), value);
    }

    /// The same for the feature at a place of the schema.
    public void enter(int position, double value) {
        var feature = schema.features().get(position);
        if (isEntered(position)) {
            note(position, "it twice", "it once");
        } else if (feature.accepts(value)) {
            values[position] = (float) value;
        } else {
            note(position, String.valueOf(value), feature.expectation());
        }
    }

    /// Refuses whatever was sent for the feature at a place of the schema, described by `what`, such as `a string`.
    public void refuse(int position, String what) {
        if (isEntered(position)) {
            note(position, "it twice", "it once");
        } else {
            note(position, what, schema.features().get(position).expectation());
        }
    }

    /// Refuses what was sent in a field that is no feature; the last refusal of a field counts.
    public void refuse(InvalidApplication.Fault other) {
        if (otherFaults.isEmpty()) {
            otherFaults = new TreeMap<>();
        }
        otherFaults.put(other.fieldName(), other);
    }

    /// The application; throws [InvalidApplication] with all faults, those of features in the schema's order. Features
    /// that are missing though they are required are among them.
    public Application application() {
        for (int position = 0; position < values.length; position++) {
            var feature = schema.features().get(position);
            if (!isEntered(position) && feature.isRequiredOn(received)) {
                note(position, "nothing", feature.expectation());
            }
        }
        if (!faults.isEmpty() || !otherFaults.isEmpty()) {
            throw new InvalidApplication(Stream.concat(faults.values().stream(), otherFaults.values().stream())
                    .toList());
        }
        return Application.checked(schema, values.clone());
    }

    /// Whether something was sent for a feature. No accepted value is NaN.
    private boolean isEntered(int position) {
        return !Float.isNaN(values[position]) || (!faults.isEmpty() && faults.containsKey(position));
    }

    private void note(int position, String sent, String expected) {
        if (faults.isEmpty()) {
            faults = new TreeMap<>();
        }
        faults.put(position, new InvalidApplication.Fault(schema.features().get(position), sent, expected));
    }
}
