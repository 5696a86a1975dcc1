package vowcheck.core.reasons;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/// A language in which reasons are given.
public enum Language {
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /// The language that an `Accept-Language` header prefers; [#ENGLISH] if the header is malformed or accepts
    /// none of these languages. Source: RFC 4647, section 3.4.
    public static Language accepted(String header) {
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(header);
        } catch (IllegalArgumentException _) {
            return ENGLISH; // the header only chooses the language, so a malformed one does not fail the request
        }
        var accepted = ranges.stream().filter(range -> range.getWeight() > 0).toList();
        var locale = Locale.lookup(
                accepted, Arrays.stream(values()).map(Language::locale).toList());
        return Arrays.stream(values())
                .filter(language -> language.locale.equals(locale))
                .findFirst()
                .orElse(ENGLISH);
    }
}
