package vowcheck.adapters.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the exceptions of a document's reader, each of which names the field, what it holds and what was expected. A
/// path leads from the document's root to a field, such as `rows.training`.
public interface JsonFaults {

    /// The text is not one JSON object.
    RuntimeException notAnObject(RuntimeException cause);

    /// A field is absent.
    ///
    /// @param expected completes the sentence "expected …"
    RuntimeException missing(String path, String expected);

    /// A field has another type than expected, or a value that cannot be.
    ///
    /// @param value what the document holds there
    RuntimeException wrong(String path, @Nullable Object value, String expected);

    /// An object, or a field of type text, makes no valid value.
    ///
    /// @param path of the object or field; empty for the whole document
    RuntimeException invalid(String path, RuntimeException cause);

    /// Throws [IllegalArgumentException], and repeats no values: they may be a secret or an applicant's data.
    JsonFaults DISCREET = new JsonFaults() {
        @Override
        public RuntimeException notAnObject(RuntimeException cause) {
            return new IllegalArgumentException("not a JSON object");
        }

        @Override
        public RuntimeException missing(String path, String expected) {
            return wrong(path, null, expected);
        }

        @Override
        public RuntimeException wrong(String path, @Nullable Object value, String expected) {
            return new IllegalArgumentException(
                    "the field %s is %s, expected %s".formatted(path, kind(value), expected));
        }

        @Override
        public RuntimeException invalid(String path, RuntimeException cause) {
            var place = path.isEmpty() ? "the object" : "the field " + path;
            return new IllegalArgumentException("%s: %s".formatted(place, cause.getMessage()), cause);
        }

        private static String kind(@Nullable Object value) {
            return switch (value) {
                case null -> "nothing";
                case String _ -> "a string";
                case Number _ -> "a number";
                case Boolean _ -> "true or false";
                case List<?> _ -> "an array";
                default -> "an object";
            };
        }
    };
}
