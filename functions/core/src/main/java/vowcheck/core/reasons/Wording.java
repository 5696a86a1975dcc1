package vowcheck.core.reasons;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import vowcheck.core.features.EducationLevel;
import vowcheck.core.features.Feature;

/// The wording of reasons in one language. The file `reasons_LANGUAGE.properties` has a sentence for each
/// [ReasonCode].
final class Wording {

    private static final double DAYS_OF_A_YEAR = 365.25;

    /// From this many days on, a duration is given in years.
    private static final int MANY_DAYS = 730;

    private final Locale locale;
    private final ResourceBundle words;

    private Wording(Locale locale, ResourceBundle words) {
        this.locale = locale;
        this.words = words;
    }

    static Wording in(Language language) {
        return new Wording(
                language.locale(), ResourceBundle.getBundle("vowcheck.core.reasons.reasons", language.locale()));
    }

    /// The sentence of a code about a feature's value.
    String sentence(ReasonCode code, Feature feature, float value) {
        return MessageFormat.format(words.getString(code.name()), inWords(feature, value));
    }

    private String inWords(Feature feature, float value) {
        if (Float.isNaN(value)) {
            return words.getString("missing");
        }
        return switch (feature.unit()) {
            case AMOUNT, COUNT -> number(value, 2);
            case DAYS ->
                level(feature, value)
                        .map(level -> words.getString(level.name()))
                        .orElseGet(() -> duration(value));
        };
    }

    private static Optional<EducationLevel> level(Feature feature, float days) {
        return feature.equals(Feature.EDUCATION_DAYS) ? EducationLevel.of(days) : Optional.empty();
    }

    private String duration(float days) {
        if (days == 1) {
            return words.getString("one_day");
        }
        return days < MANY_DAYS
                ? MessageFormat.format(words.getString("days"), number(days, 1))
                : MessageFormat.format(words.getString("years"), number(days / DAYS_OF_A_YEAR, 1));
    }

    private String number(double value, int digits) {
        var format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }
}
