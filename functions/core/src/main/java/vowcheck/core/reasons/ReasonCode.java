package vowcheck.core.reasons;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;

/// What moved a score, and in which direction: the model's estimate was raised or lowered. Codes are stable;
/// callers may store them and use their own words for them.
public enum ReasonCode {
    INCOME_RAISES,
    INCOME_LOWERS,
    CREDIT_AMOUNT_RAISES,
    CREDIT_AMOUNT_LOWERS,
    LOAN_ANNUITY_RAISES,
    LOAN_ANNUITY_LOWERS,
    AGE_RAISES,
    AGE_LOWERS,
    EMPLOYMENT_RAISES,
    EMPLOYMENT_LOWERS,
    /// No employment is on record.
    NO_EMPLOYMENT_RAISES,
    NO_EMPLOYMENT_LOWERS,
    REGISTRATION_RAISES,
    REGISTRATION_LOWERS,
    ID_DOCUMENT_RAISES,
    ID_DOCUMENT_LOWERS,
    PHONE_RAISES,
    PHONE_LOWERS,
    CREDIT_BUREAU_RAISES,
    CREDIT_BUREAU_LOWERS,
    EDUCATION_RAISES,
    EDUCATION_LOWERS;

    /// The codes of a feature, by the direction in which it moves the estimate.
    private record Codes(ReasonCode raises, ReasonCode lowers) {}

    private static final Map<Feature, Codes> BY_FEATURE = Map.ofEntries(
            entry(Feature.CLIENT_INCOME, new Codes(INCOME_RAISES, INCOME_LOWERS)),
            entry(Feature.CREDIT_AMOUNT, new Codes(CREDIT_AMOUNT_RAISES, CREDIT_AMOUNT_LOWERS)),
            entry(Feature.LOAN_ANNUITY, new Codes(LOAN_ANNUITY_RAISES, LOAN_ANNUITY_LOWERS)),
            entry(Feature.AGE_DAYS, new Codes(AGE_RAISES, AGE_LOWERS)),
            entry(Feature.EMPLOYED_DAYS, new Codes(EMPLOYMENT_RAISES, EMPLOYMENT_LOWERS)),
            entry(Feature.REGISTRATION_DAYS, new Codes(REGISTRATION_RAISES, REGISTRATION_LOWERS)),
            entry(Feature.ID_DAYS, new Codes(ID_DOCUMENT_RAISES, ID_DOCUMENT_LOWERS)),
            entry(Feature.PHONE_CHANGE, new Codes(PHONE_RAISES, PHONE_LOWERS)),
            entry(Feature.CREDIT_BUREAU, new Codes(CREDIT_BUREAU_RAISES, CREDIT_BUREAU_LOWERS)),
            entry(Feature.EDUCATION_DAYS, new Codes(EDUCATION_RAISES, EDUCATION_LOWERS)));

    private static final Codes NO_EMPLOYMENT = new Codes(NO_EMPLOYMENT_RAISES, NO_EMPLOYMENT_LOWERS);

    /// The code of a feature's value.
    ///
    /// @param raises whether the value's contribution to the log-odds is positive
    static ReasonCode of(Feature feature, float value, boolean raises) {
        boolean unemployed = feature.equals(Feature.EMPLOYED_DAYS) && value == Feature.NO_EMPLOYMENT_DAYS;
        @Nullable Codes codes = unemployed ? NO_EMPLOYMENT : BY_FEATURE.get(feature);
        if (codes == null) {
            throw new IllegalArgumentException("%s has no reason codes".formatted(feature));
        }
        return raises ? codes.raises() : codes.lowers();
    }
}
