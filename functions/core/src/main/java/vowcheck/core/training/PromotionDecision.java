package vowcheck.core.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Whether a challenger is promoted.
///
/// @param reasons in words; at least one sentence
public record PromotionDecision(Verdict verdict, List<String> reasons) {

    public PromotionDecision {
        reasons = List.copyOf(reasons);
    }

    /// The verdict with its reasons, in one text.
    public String inWords() {
        return verdict.inWords() + ": " + String.join("; ", reasons);
    }

    /// What the comparison of challenger and champion led to.
    public enum Verdict {
        /// The policy prefers the challenger to the champion, or there is no champion: it is promoted.
        PROMOTED,
        /// The policy does not prefer the challenger to the champion, which stays in production.
        KEPT,
        /// No fair comparison of the challenger with the model in production exists, which stays: too few
        /// test rows are newer than those that fitted it, or the challenger was compared with another model.
        NOT_COMPARABLE,
        /// There is no challenger: an earlier training answered the same labelled rows. The champion stays.
        NOTHING_NEW;

        /// The verdict of that name in JSON. Throws [IllegalArgumentException] for any other name.
        public static Verdict of(String fieldValue) {
            return Arrays.stream(values())
                    .filter(verdict -> verdict.fieldValue().equals(fieldValue))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("verdict '%s', expected one of %s"
                            .formatted(
                                    fieldValue,
                                    Arrays.stream(values())
                                            .map(Verdict::fieldValue)
                                            .toList())));
        }

        /// The verdict for people, such as `not comparable`.
        public String inWords() {
            return fieldValue().replace('_', ' ');
        }

        /// The verdict's name in JSON, such as `not_comparable`.
        public String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
