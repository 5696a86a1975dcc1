package vowcheck.core.reasons;

import vowcheck.core.features.Feature;

/// What moved a score, and which way: the model's estimate was raised or lowered. Codes are stable; callers may
/// store them and have words of their own for them.
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

    /// The code of a feature's value whose contribution to the log-odds is positive, or is not.
    static ReasonCode of(Feature feature, float value, boolean raises) {
        return switch (feature) {
            case CLIENT_INCOME -> raises ? INCOME_RAISES : INCOME_LOWERS;
            case CREDIT_AMOUNT -> raises ? CREDIT_AMOUNT_RAISES : CREDIT_AMOUNT_LOWERS;
            case LOAN_ANNUITY -> raises ? LOAN_ANNUITY_RAISES : LOAN_ANNUITY_LOWERS;
            case AGE_DAYS -> raises ? AGE_RAISES : AGE_LOWERS;
            case EMPLOYED_DAYS ->
                value == Feature.NO_EMPLOYMENT_DAYS
                        ? raises ? NO_EMPLOYMENT_RAISES : NO_EMPLOYMENT_LOWERS
                        : raises ? EMPLOYMENT_RAISES : EMPLOYMENT_LOWERS;
            case REGISTRATION_DAYS -> raises ? REGISTRATION_RAISES : REGISTRATION_LOWERS;
            case ID_DAYS -> raises ? ID_DOCUMENT_RAISES : ID_DOCUMENT_LOWERS;
            case PHONE_CHANGE -> raises ? PHONE_RAISES : PHONE_LOWERS;
            case CREDIT_BUREAU -> raises ? CREDIT_BUREAU_RAISES : CREDIT_BUREAU_LOWERS;
            case EDUCATION_DAYS -> raises ? EDUCATION_RAISES : EDUCATION_LOWERS;
        };
    }
}
