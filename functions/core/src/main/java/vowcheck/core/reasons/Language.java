package vowcheck.core.reasons;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/// A language that reasons are told in.
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

    /// The language that a header `Accept-Language` likes best; [#ENGLISH] where it likes none of ours or is
    /// malformed. Source: RFC 4647, section 3.4.
    public static Language accepted(String header) {
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(header);
        } catch (IllegalArgumentException _) {
            return ENGLISH; // a header that only chooses words is no reason to refuse a request
        }
        var liked = ranges.stream().filter(range -> range.getWeight() > 0).toList();
        var locale = Locale.lookup(
                liked, Arrays.stream(values()).map(Language::locale).toList());
        return Arrays.stream(values())
                .filter(language -> language.locale.equals(locale))
                .findFirst()
                .orElse(ENGLISH);
    }
}
