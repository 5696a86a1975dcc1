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
            note(feature, "it twice", "it once");
        } else if (feature.accepts(value)) {
            values[feature.position()] = (float) value;
        } else {
            note(feature, String.valueOf(value), feature.expectation());
        }
    }

    /// Enters something that is refused whatever it is, described by `what`, such as `a string`.
    public void refuse(Feature feature, String what) {
        if (entered.add(feature)) {
            note(feature, what, feature.expectation());
        } else {
            note(feature, "it twice", "it once");
        }
    }

    /// The complete application; throws [InvalidApplication] with all faults, absent features included, in the
    /// order of [Feature].
    public Application application() {
        if (entered.size() < Feature.ALL.size()) {
            EnumSet.complementOf(entered).forEach(feature -> note(feature, "nothing", feature.expectation()));
        }
        if (!faults.isEmpty()) {
            throw new InvalidApplication(List.copyOf(faults.values()));
        }
        return Application.checked(values.clone());
    }

    private void note(Feature feature, String came, String expected) {
        faults.put(feature, new InvalidApplication.Fault(feature, came, expected));
    }
}
