package vowcheck.core.features;

import java.util.Arrays;

/// One applicant's features: ten float32 values, complete and within the contract's bounds. Immutable.
public final class Application {

    private final float[] values;

    private Application(float[] values) {
        this.values = values;
    }

    /// An application of ten values in the order of [Feature]; throws [InvalidApplication] naming every value
    /// that is out of bounds.
    public static Application of(float... valuesByFeature) {
        if (valuesByFeature.length != Feature.ALL.size()) {
            throw new IllegalArgumentException(
                    "%d values, expected %d".formatted(valuesByFeature.length, Feature.ALL.size()));
        }
        var form = new ApplicationForm();
        Feature.ALL.forEach(feature -> form.enter(feature, valuesByFeature[feature.position()]));
        return form.application();
    }

    static Application checked(float[] values) {
        return new Application(values);
    }

    /// The value of one feature.
    public float value(Feature feature) {
        return values[feature.position()];
    }

    /// A copy of the ten values, in the order of [Feature].
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Application that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /// Names the type only: an applicant's data stays out of logs.
    @Override
    public String toString() {
        return "Application[…]";
    }
}
