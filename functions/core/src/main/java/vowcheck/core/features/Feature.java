package vowcheck.core.features;

import java.time.LocalDate;

/// A feature of an application. Amounts are in the currency of the data; days count back from the application.
///
/// @param fieldName the feature's name in JSON, in SQL and in the model, such as `Client_Income`
/// @param unit what its values count
/// @param bound the smallest value that is accepted
/// @param requiredSince the first day (UTC) on which an application must have the feature; [#ALWAYS] for the
///     contract's ten. A feature that is added later needs a date: applications that are already stored lack it.
public record Feature(String fieldName, Unit unit, LowerBound bound, LocalDate requiredSince) {

    /// Required of every application, however old.
    public static final LocalDate ALWAYS = LocalDate.MIN;

    /// What a feature's values count.
    public enum Unit {
        AMOUNT,
        COUNT,
        DAYS
    }

    public static final Feature CLIENT_INCOME = new Feature("Client_Income", Unit.AMOUNT, LowerBound.above(0), ALWAYS);
    public static final Feature CREDIT_AMOUNT = ofContract("Credit_Amount", Unit.AMOUNT);
    public static final Feature LOAN_ANNUITY = ofContract("Loan_Annuity", Unit.AMOUNT);
    public static final Feature AGE_DAYS = ofContract("Age_Days", Unit.DAYS);

    /// [#NO_EMPLOYMENT_DAYS] says that no employment is on record.
    public static final Feature EMPLOYED_DAYS = ofContract("Employed_Days", Unit.DAYS);

    public static final Feature REGISTRATION_DAYS = ofContract("Registration_Days", Unit.DAYS);
    public static final Feature ID_DAYS = ofContract("ID_Days", Unit.DAYS);

    /// 0 is a value, not a missing one.
    public static final Feature PHONE_CHANGE = ofContract("Phone_Change", Unit.DAYS);

    /// 0 is a value, not a missing one.
    public static final Feature CREDIT_BUREAU = ofContract("Credit_Bureau", Unit.COUNT);

    /// [EducationLevel] names the usual values.
    public static final Feature EDUCATION_DAYS = ofContract("Education_Days", Unit.DAYS);

    /// The value of [#EMPLOYED_DAYS] that says that no employment is on record.
    public static final float NO_EMPLOYMENT_DAYS = 365_243;

    private static Feature ofContract(String fieldName, Unit unit) {
        return new Feature(fieldName, unit, LowerBound.atLeast(0), ALWAYS);
    }

    /// Whether a value is accepted: a finite float32 number within the bound. Anything else about it is scored,
    /// however unusual.
    public boolean accepts(double value) {
        float stored = (float) value;
        return Float.isFinite(stored) && bound.admits(value, stored);
    }

    /// What [#accepts] accepts, in words that complete the sentence "expected …".
    public String expectation() {
        return "a finite float32 number " + bound.inWords();
    }

    /// Whether an application of that day must have the feature.
    public boolean isRequiredOn(LocalDate day) {
        return !day.isBefore(requiredSince);
    }

    /// Whether an application may lack the feature, now or at an earlier time.
    public boolean mayBeMissing() {
        return requiredSince.isAfter(ALWAYS);
    }

    /// The field name.
    @Override
    public String toString() {
        return fieldName;
    }
}
