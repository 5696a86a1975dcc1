package vowcheck.adapters.operators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operators' secret says: the people in it, and what is wrong with the other entries.
public record OperatorEntries(List<Operator> operators, List<Unreadable> unreadable) {

    public OperatorEntries {
        operators = List.copyOf(operators);
        unreadable = List.copyOf(unreadable);
    }

    /// An entry that cannot be used.
    ///
    /// @param reason names its place in the list and the field that is wrong, and repeats no hash
    /// @param name the person's, or null where it cannot be read either
    public record Unreadable(String reason, @Nullable String name) {}

    /// Whether the person of that name may be meant by an entry that cannot be used.
    boolean mayMean(String name) {
        return unreadable.stream()
                .anyMatch(entry -> entry.name() == null || entry.name().equals(name));
    }
}
