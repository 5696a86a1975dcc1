package vowcheck.core.scoring;

import java.util.List;

/// A part of the stored predictions of one loan, whose newest comes first.
///
/// @param part none if `from` is past the end
/// @param from how many newer predictions stand before the part
/// @param count how many predictions the loan has
public record LoggedLoan(List<LoggedPrediction> part, int from, int count) {

    public LoggedLoan {
        part = List.copyOf(part);
    }

    /// How many predictions stand before those that follow the part.
    public int end() {
        return from + part.size();
    }

    /// Whether more predictions follow.
    public boolean hasNext() {
        return end() < count && !part.isEmpty();
    }
}
