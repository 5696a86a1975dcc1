package vowcheck.core.scoring;

import java.util.regex.Pattern;

/// Names the loan that an application is for, as the client's own records do: 1 to 64 characters of `[A-Za-z0-9._-]`.
/// It tells whose rows are stored, is no feature, and leads to a person: no log, URL or message contains it.
public record LoanId(String value) {

    /// The name in SQL and JSON.
    public static final String FIELD_NAME = "loan_id";

    /// What an id looks like, for messages.
    public static final String FORMAT = "1 to 64 characters of A-Z, a-z, 0-9, ., _ and -";

    /// What its field in JSON must be, for messages.
    public static final String EXPECTED = "a string of " + FORMAT;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public LoanId {
        if (!isId(value)) {
            throw new IllegalArgumentException("a loan id has %s, got %d characters".formatted(FORMAT, value.length()));
        }
    }

    /// Whether a text can be an id.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// Names the type only: the id stays out of logs.
    @Override
    public String toString() {
        return "LoanId[…]";
    }
}
