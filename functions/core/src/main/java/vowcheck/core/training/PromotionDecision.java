package vowcheck.core.training;

import java.util.List;
import java.util.Locale;

/// Whether a challenger is promoted.
///
/// @param reasons in words; at least one sentence
public record PromotionDecision(Verdict verdict, List<String> reasons) {

    public PromotionDecision {
        reasons = List.copyOf(reasons);
    }

    /// What the comparison of challenger and champion led to.
    public enum Verdict {
        /// The challenger beats the champion, or there is no champion: it is promoted.
        PROMOTED,
        /// The challenger does not beat the champion, which stays in production.
        KEPT,
        /// The challenger was compared with a model that is no longer in production. The current one stays.
        NOT_COMPARABLE;

        /// The verdict's name in JSON: `promoted`, `kept` or `not_comparable`.
        public String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
