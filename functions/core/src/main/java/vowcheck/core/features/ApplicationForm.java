package vowcheck.core.features;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// Collects an application's features as they are read, and every fault among them. Not thread-safe.
public final class ApplicationForm {

    private final float[] values = new float[Feature.ALL.size()];
    private final EnumSet<Feature> entered = EnumSet.noneOf(Feature.class);
    private final Map<Feature, InvalidApplication.Fault> faults = new EnumMap<>(Feature.class);

    /// Enters a number, exactly as it came: what float32 cannot hold is a fault.
    public void enter(Feature feature, double value) {
        if (!entered.add(feature)) {
            refuse(feature, "it twice", "it once");
        } else if (feature.accepts(value)) {
            values[feature.position()] = (float) value;
        } else {
            refuse(feature, String.valueOf(value), feature.expectation());
        }
    }

    /// Enters something that is not a number, described by `what`, such as `a string`.
    public void enterUnreadable(Feature feature, String what) {
        if (entered.add(feature)) {
            refuse(feature, what, feature.expectation());
        } else {
            refuse(feature, "it twice", "it once");
        }
    }

    /// The complete application; throws [InvalidApplication] with all faults, absent features included, in the order
    /// of [Feature].
    public Application application() {
        if (entered.size() < Feature.ALL.size()) {
            EnumSet.complementOf(entered).forEach(feature -> refuse(feature, "nothing", feature.expectation()));
        }
        if (!faults.isEmpty()) {
            throw new InvalidApplication(List.copyOf(faults.values()));
        }
        return Application.checked(values.clone());
    }

    private void refuse(Feature feature, String came, String expected) {
        faults.put(feature, new InvalidApplication.Fault(feature, came, expected));
    }
}
