package vowcheck.core.erasure;

/// Why something is erased, in the operator's words: one line of 1 to 500 characters, which must not name the
/// person.
public record ErasureReason(String text) {

    /// The longest reason.
    public static final int MOST_CHARACTERS = 500;

    /// What a reason looks like, for messages.
    public static final String FORMAT = "one line of 1 to 500 characters that does not name the person";

    public ErasureReason {
        text = text.strip();
        if (text.isEmpty() || text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is " + FORMAT);
        }
    }
}
