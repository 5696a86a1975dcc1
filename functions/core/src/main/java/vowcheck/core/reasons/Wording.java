package vowcheck.core.reasons;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import vowcheck.core.features.EducationLevel;
import vowcheck.core.features.Feature;

/// The words of one language: the file `reasons_LANGUAGE.properties` beside this class has a sentence for each
/// [ReasonCode].
final class Wording {

    private static final double DAYS_OF_A_YEAR = 365.25;

    /// From here on days are told as years.
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
        return MessageFormat.format(words.getString(code.name()), told(feature, value));
    }

    private String told(Feature feature, float value) {
        return switch (feature) {
            case CLIENT_INCOME, CREDIT_AMOUNT, LOAN_ANNUITY, CREDIT_BUREAU -> number(value, 2);
            case AGE_DAYS, EMPLOYED_DAYS, REGISTRATION_DAYS, ID_DAYS, PHONE_CHANGE -> duration(value);
            case EDUCATION_DAYS ->
                EducationLevel.of(value)
                        .map(level -> words.getString(level.name()))
                        .orElseGet(() -> duration(value));
        };
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
