package vowcheck.core.erasure;

import java.util.regex.Pattern;

/// Why something is erased, in the operator's words: one line of 1 to 500 characters, which must not name the
/// person.
public record ErasureReason(String text) {

    /// The longest reason.
    public static final int MOST_CHARACTERS = 500;

    /// What a reason looks like, for messages.
    public static final String FORMAT =
            "one line of 1 to 500 characters that names neither the person nor the id that is erased";

    public ErasureReason {
        text = text.strip();
        if (text.isEmpty() || text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is " + FORMAT);
        }
    }

    /// This reason. Throws [IllegalArgumentException] where it has the id of what is erased, in whatever case, and not
    /// merely as a part of another word or number.
    public ErasureReason about(ErasureSubject subject) {
        var id = Pattern.quote(subject.id());
        var word = Pattern.compile("(?<![A-Za-z0-9])%s(?![A-Za-z0-9])".formatted(id), Pattern.CASE_INSENSITIVE);
        if (word.matcher(text).find()) {
            throw new IllegalArgumentException("the reason has the id of what is erased, expected " + FORMAT);
        }
        return this;
    }
}
