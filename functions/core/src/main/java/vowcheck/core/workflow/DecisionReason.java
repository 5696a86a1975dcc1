package vowcheck.core.workflow;

/// Why somebody puts a model into production, or keeps it out: one line of 1 to 500 characters, in that person's
/// words.
public record DecisionReason(String text) {

    /// The longest reason.
    public static final int MOST_CHARACTERS = 500;

    /// What a reason looks like, for messages.
    public static final String FORMAT = "one line of 1 to 500 characters";

    public DecisionReason {
        text = text.strip();
        int characters = text.codePointCount(0, text.length());
        if (characters == 0 || characters > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is " + FORMAT);
        }
    }
}
