package vowcheck.core.features;

import java.util.List;

/// An application that cannot be scored, with every fault that it has. The faults hold what the caller sent:
/// they go back to the caller and never into a log, so the message only counts them.
public final class InvalidApplication extends RuntimeException {

    private final transient List<Fault> faults;

    public InvalidApplication(List<Fault> faults) {
        super("%d of an application's fields are refused".formatted(faults.size()));
        this.faults = List.copyOf(faults);
    }

    /// At least one fault: those of features in the order of the schema, then those of other fields.
    public List<Fault> faults() {
        return faults;
    }

    /// One refused field: what was received and what was expected, both in words.
    public record Fault(String fieldName, String received, String expected) {

        /// A refused feature.
        public Fault(Feature feature, String received, String expected) {
            this(feature.fieldName(), received, expected);
        }

        /// Names the field only: what was received is an applicant's data.
        @Override
        public String toString() {
            return "Fault[" + fieldName + "]";
        }
    }
}
