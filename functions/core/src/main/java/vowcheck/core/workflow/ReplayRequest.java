package vowcheck.core.workflow;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The input of a replay.
///
/// @param cutoffs those of its trainings, in their order; at least one
/// @param restores whether what served before is put back at the end
public record ReplayRequest(List<LocalDate> cutoffs, boolean restores) {

    /// The cutoff that a replay begins with by default.
    public static final LocalDate FIRST = LocalDate.of(2025, 5, 1);

    /// The cutoff that it ends with by default.
    public static final LocalDate LAST = LocalDate.of(2026, 4, 1);

    public ReplayRequest {
        cutoffs = List.copyOf(cutoffs);
        if (cutoffs.isEmpty()) {
            throw new InvalidCutoff("the replay has no cutoffs, expected at least one");
        }
    }

    /// The request in an execution's input. The default are the cutoffs of a year. Throws [InvalidCutoff] where
    /// one is not a date or lies in the future.
    public static ReplayRequest of(Optional<List<String>> cutoffs, boolean restores, InstantSource clock) {
        var days = cutoffs.map(texts -> texts.stream()
                        .map(text -> TrainingRequest.of(Optional.of(text), Optional.empty(), clock)
                                .cutoff())
                        .toList())
                .orElseGet(() -> monthly(FIRST, LAST));
        return new ReplayRequest(days, restores);
    }

    /// Requires that what served before is put back, where a person must approve what stays in production. Throws
    /// [ApprovalRefused].
    public void requireRestoring() {
        if (!restores) {
            throw new ApprovalRefused(
                    "this stage requires a person's approval of what is promoted, and a replay asks nobody: it must put back what served before, expected no {\"restore\":false}");
        }
    }

    /// The cutoffs a month apart from one day to another.
    public static List<LocalDate> monthly(LocalDate first, LocalDate last) {
        return Stream.iterate(0, months -> months + 1)
                .map(first::plusMonths)
                .takeWhile(day -> !day.isAfter(last))
                .toList();
    }
}
