package vowcheck.core.training;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelIdentity;

/// What came of a training on some labelled rows.
///
/// @param model the one that was made with these rows
/// @param champion the one that it was compared with; null where there was none, or nobody could read which
/// @param cutoff of the training
/// @param execution the name of the workflow's execution
public record RowsAnswer(
        ModelIdentity model, @Nullable ModelIdentity champion, LocalDate cutoff, String execution, Standing standing) {

    /// The model that it was compared with; empty where there was none.
    public Optional<ModelIdentity> compared() {
        return Optional.ofNullable(champion);
    }

    /// Whether the same rows would lead to the same answer while that model serves: it is the one that was made with
    /// them, or the one that this was compared with. With any other, the comparison is a new one.
    public boolean holdsBeside(ModelIdentity serving) {
        return serving.equals(model) || serving.equals(champion);
    }

    /// What has become of the model.
    public enum Standing {
        /// It was promoted.
        PROMOTED("it was promoted"),
        /// The champion was kept.
        KEPT("it was not better than the champion"),
        /// It cannot be compared with the champion.
        NOT_COMPARABLE("it was not comparable with the champion"),
        /// It is promoted if a person approves.
        AWAITING_APPROVAL("it waits for a person's approval");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /// The name in JSON, such as `not_comparable`.
        public String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// A sentence for people.
        String inWords() {
            return words;
        }

        /// The standing of that name in JSON. Throws [IllegalArgumentException] for any other name.
        public static Standing of(String fieldValue) {
            return Arrays.stream(values())
                    .filter(standing -> standing.fieldValue().equals(fieldValue))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("standing '%s', expected one of %s"
                            .formatted(
                                    fieldValue,
                                    Arrays.stream(values())
                                            .map(Standing::fieldValue)
                                            .toList())));
        }
    }
}
