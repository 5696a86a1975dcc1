package vowcheck.core.readiness;

import java.time.Duration;
import java.util.List;

/// What the probes found, in the order of the parts.
public record ReadinessReport(List<Entry> entries) {

    public ReadinessReport {
        entries = List.copyOf(entries);
    }

    /// Whether every part works.
    public boolean ready() {
        return entries.stream().allMatch(entry -> entry.result() instanceof Result.Works);
    }

    /// What one probe found.
    ///
    /// @param took how long it took, or until it was given up
    public record Entry(ReadinessPart part, Result result, Duration took) {}

    /// Whether a part works.
    public sealed interface Result {
        /// It works.
        record Works(ReadinessFinding finding) implements Result {}

        /// It does not.
        ///
        /// @param reason one sentence for operators, which continues the part's name
        record Fails(String reason) implements Result {}
    }
}
