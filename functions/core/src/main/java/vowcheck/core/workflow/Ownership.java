package vowcheck.core.workflow;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One object that belongs to one execution at a time, and that several may want at the same moment.
///
/// @param holder reads which execution it belongs to; empty where there is no object
/// @param create creates it for an execution; false where it exists
/// @param replace takes it over from the holder that was read; false where another execution was faster
record Ownership(
        Supplier<Optional<Holder>> holder, Predicate<Execution> create, BiPredicate<Execution, Holder> replace) {

    /// How often the object is tried that another execution changes at the same moment.
    private static final int ATTEMPTS = 3;

    /// Makes the object an execution's, also if it is so already. Returns the other execution that keeps it; empty
    /// where it is the execution's now. An object that cannot be read is nobody's.
    ///
    /// A write that is refused is no proof that another execution was faster: where the answer to the first attempt
    /// was lost, the client writes again and meets its own object. So the holder is read again.
    ///
    /// @param keeps whether another execution may keep the object
    /// @param contested what is thrown where others change the object again and again
    Optional<Execution> take(
            Execution execution, Predicate<Execution> keeps, Supplier<? extends RuntimeException> contested) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (create.test(execution)) {
                return Optional.empty();
            }
            var found = holder.get();
            if (found.isEmpty()) {
                continue; // it was freed meanwhile: now the first one gets it
            }
            var former = found.get();
            if (former.is(execution)) {
                return Optional.empty();
            }
            var other = former.within(execution).filter(keeps);
            if (other.isPresent()) {
                return other;
            }
            if (replace.test(execution, former)) {
                return Optional.empty();
            }
        }
        throw contested.get();
    }
}
