package vowcheck.core.features;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A feature of an application, in the order of the contract; the constants' order is the order of every row of
/// features in JSON, SQL and arrays. Amounts are in the currency of the data; days count back from the
/// application.
public enum Feature {
    CLIENT_INCOME("Client_Income"),
    CREDIT_AMOUNT("Credit_Amount"),
    LOAN_ANNUITY("Loan_Annuity"),
    AGE_DAYS("Age_Days"),
    /// [#NO_EMPLOYMENT_DAYS] says that no employment is on record.
    EMPLOYED_DAYS("Employed_Days"),
    REGISTRATION_DAYS("Registration_Days"),
    ID_DAYS("ID_Days"),
    /// 0 is a value, not a gap.
    PHONE_CHANGE("Phone_Change"),
    /// 0 is a value, not a gap.
    CREDIT_BUREAU("Credit_Bureau"),
    /// [EducationLevel] names the usual values.
    EDUCATION_DAYS("Education_Days");

    /// The value of [#EMPLOYED_DAYS] that says that no employment is on record.
    public static final float NO_EMPLOYMENT_DAYS = 365_243;

    /// All features, in the contract's order.
    public static final List<Feature> ALL = List.of(values());

    private static final Map<String, Feature> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Feature::fieldName, Function.identity()));

    private final String fieldName;

    Feature(String fieldName) {
        this.fieldName = fieldName;
    }

    /// The name that the feature has in JSON, in SQL and in the model, such as `Client_Income`.
    public String fieldName() {
        return fieldName;
    }

    /// The feature's place in a row of ten, from 0.
    @SuppressWarnings("EnumOrdinal") // the constants' order is the contract's, and everything relies on it
    public int position() {
        return ordinal();
    }

    /// The feature of that field name; empty for any other name.
    public static Optional<Feature> named(String fieldName) {
        return Optional.ofNullable(BY_NAME.get(fieldName));
    }

    /// Whether a value is within the contract's bounds: a finite float32 number that is not negative, and for
    /// [#CLIENT_INCOME] greater than 0. Anything else is scored, however unusual.
    public boolean accepts(double value) {
        float stored = (float) value;
        return Float.isFinite(stored) && (this == CLIENT_INCOME ? stored > 0 : value >= 0);
    }

    /// What [#accepts] accepts, in words that complete the sentence "expected …".
    public String expectation() {
        return this == CLIENT_INCOME
                ? "a finite float32 number greater than 0"
                : "a finite float32 number of 0 or more";
    }
}
