package vowcheck.core.features;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Collects an application's features as they are read, and every fault among them. Not thread-safe.
public final class ApplicationForm {

    private final FeatureSchema schema;
    private final LocalDate received;
    private final float[] values;
    private final BitSet entered;
    private final SortedMap<Integer, InvalidApplication.Fault> faults = new TreeMap<>();

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
        if (!isFirst(feature)) {
            note(feature, "it twice", "it once");
        } else if (feature.accepts(value)) {
            values[schema.position(feature)] = (float) value;
        } else {
            note(feature, String.valueOf(value), feature.expectation());
        }
    }

    /// Refuses whatever was sent for a feature, described by `what`, such as `a string`.
    public void refuse(Feature feature, String what) {
        if (isFirst(feature)) {
            note(feature, what, feature.expectation());
        } else {
            note(feature, "it twice", "it once");
        }
    }

    private boolean isFirst(Feature feature) {
        int position = schema.position(feature);
        boolean first = !entered.get(position);
        entered.set(position);
        return first;
    }

    /// The application; throws [InvalidApplication] with all faults in the schema's order, features that are
    /// missing though they are required included.
    public Application application() {
        for (int position = entered.nextClearBit(0); position < values.length; ) {
            var feature = schema.features().get(position);
            if (feature.isRequiredOn(received)) {
                note(feature, "nothing", feature.expectation());
            }
            position = entered.nextClearBit(position + 1);
        }
        if (!faults.isEmpty()) {
            throw new InvalidApplication(List.copyOf(faults.values()));
        }
        return Application.checked(schema, values.clone());
    }

    private void note(Feature feature, String sent, String expected) {
        faults.put(schema.position(feature), new InvalidApplication.Fault(feature, sent, expected));
    }
}
