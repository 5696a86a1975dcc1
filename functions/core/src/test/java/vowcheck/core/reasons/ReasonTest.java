package vowcheck.core.reasons;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static vowcheck.core.features.Feature.AGE_DAYS;
import static vowcheck.core.features.Feature.CLIENT_INCOME;
import static vowcheck.core.features.Feature.CREDIT_AMOUNT;
import static vowcheck.core.features.Feature.CREDIT_BUREAU;
import static vowcheck.core.features.Feature.EDUCATION_DAYS;
import static vowcheck.core.features.Feature.EMPLOYED_DAYS;
import static vowcheck.core.features.Feature.ID_DAYS;
import static vowcheck.core.features.Feature.LOAN_ANNUITY;
import static vowcheck.core.features.Feature.PHONE_CHANGE;
import static vowcheck.core.features.Feature.REGISTRATION_DAYS;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.core.features.Application;
import vowcheck.core.features.EducationLevel;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Explanation;

class ReasonTest {

    /// The meaning of each feature in each language.
    private static final Map<Language, Map<Feature, String>> MEANINGS = Map.of(
            Language.ENGLISH,
            Map.of(
                    CLIENT_INCOME, "The income (12,000)",
                    CREDIT_AMOUNT, "The amount of the loan (10,000.5)",
                    LOAN_ANNUITY, "The yearly repayment (5,000)",
                    AGE_DAYS, "The applicant's age (23.5 years)",
                    EMPLOYED_DAYS, "The time since the applicant started earning (2 years)",
                    REGISTRATION_DAYS, "The time since the registration was changed (729 days)",
                    ID_DAYS, "The time since the identity document was changed (1 day)",
                    PHONE_CHANGE, "The time since the phone was changed (0 days)",
                    CREDIT_BUREAU, "The number of enquiries at the credit bureau in the last year (3)",
                    EDUCATION_DAYS, "The schooling (secondary)"),
            Language.GERMAN,
            Map.of(
                    CLIENT_INCOME, "Das Einkommen (12.000)",
                    CREDIT_AMOUNT, "Die Höhe des Darlehens (10.000,5)",
                    LOAN_ANNUITY, "Die jährliche Rückzahlung (5.000)",
                    AGE_DAYS, "Das Alter der antragstellenden Person (23,5 Jahre)",
                    EMPLOYED_DAYS, "Die Zeit seit Beginn der Erwerbstätigkeit (2 Jahre)",
                    REGISTRATION_DAYS, "Die Zeit seit der letzten Änderung der Registrierung (729 Tage)",
                    ID_DAYS, "Die Zeit seit dem letzten Wechsel des Ausweisdokuments (1 Tag)",
                    PHONE_CHANGE, "Die Zeit seit dem letzten Wechsel des Telefons (0 Tage)",
                    CREDIT_BUREAU, "Die Zahl der Anfragen bei der Auskunftei im letzten Jahr (3)",
                    EDUCATION_DAYS, "Die Ausbildung (Sekundarstufe)"));

    private static final Application APPLICATION =
            Application.of(FeatureSchema.CONTRACT, 12_000, 10_000.5f, 5_000, 8_583, 730, 729, 1, 0, 3, 4_380);

    @ParameterizedTest
    @MethodSource("features")
    void everyFeaturesReasonSaysItsMeaningInEnglish(Feature feature) {
        var meaning = meaning(Language.ENGLISH, feature);
        assertThat(only(feature, 0.2, Language.ENGLISH).text()).isEqualTo(meaning + " raises the estimated risk.");
        assertThat(only(feature, -0.2, Language.ENGLISH).text()).isEqualTo(meaning + " lowers the estimated risk.");
    }

    @ParameterizedTest
    @MethodSource("features")
    void everyFeaturesReasonSaysItsMeaningInGerman(Feature feature) {
        var meaning = meaning(Language.GERMAN, feature);
        assertThat(only(feature, 0.2, Language.GERMAN).text()).isEqualTo(meaning + " erhöht das geschätzte Risiko.");
        assertThat(only(feature, -0.2, Language.GERMAN).text()).isEqualTo(meaning + " senkt das geschätzte Risiko.");
    }

    @ParameterizedTest
    @MethodSource("features")
    void aReasonHoldsItsFeatureValueAndContribution(Feature feature) {
        var raises = only(feature, 0.2, Language.ENGLISH);
        assertThat(raises.feature()).isEqualTo(feature);
        assertThat(raises.value()).isEqualTo(APPLICATION.value(feature));
        assertThat(raises.contribution()).isEqualTo(0.2);
        assertThat(raises.reasonCode().name()).endsWith("_RAISES");
        var lowers = only(feature, -0.2, Language.ENGLISH);
        assertThat(lowers.reasonCode().name())
                .isEqualTo(raises.reasonCode().name().replace("_RAISES", "_LOWERS"));
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH,  0.2, NO_EMPLOYMENT_RAISES, 'No employment is on record, which raises the estimated risk.'",
        "ENGLISH, -0.2, NO_EMPLOYMENT_LOWERS, 'No employment is on record, which lowers the estimated risk.'",
        "GERMAN,   0.2, NO_EMPLOYMENT_RAISES, 'Es ist keine Beschäftigung verzeichnet; das erhöht das geschätzte Risiko.'",
        "GERMAN,  -0.2, NO_EMPLOYMENT_LOWERS, 'Es ist keine Beschäftigung verzeichnet; das senkt das geschätzte Risiko.'"
    })
    void noEmploymentOnRecordIsASeparateReason(Language language, double contribution, ReasonCode code, String text) {
        var unemployed = with(EMPLOYED_DAYS, Feature.NO_EMPLOYMENT_DAYS);
        var reasons = Reason.of(unemployed, explanation(Map.of(EMPLOYED_DAYS, contribution)), language);
        assertThat(reasons)
                .containsExactly(new Reason(EMPLOYED_DAYS, Feature.NO_EMPLOYMENT_DAYS, contribution, code, text));
    }

    @ParameterizedTest
    @EnumSource
    void everyLanguageNamesEveryEducationLevel(Language language) {
        var texts = Arrays.stream(EducationLevel.values())
                .map(level -> schooling(level.days(), language))
                .toList();
        assertThat(texts)
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text).doesNotContainPattern("[0-9{}_]"));
    }

    @Test
    void schoolingBetweenTheLevelsIsGivenInYears() {
        assertThat(schooling(6_000, Language.ENGLISH)).startsWith("The schooling (16.4 years)");
        assertThat(schooling(6_000, Language.GERMAN)).startsWith("Die Ausbildung (16,4 Jahre)");
    }

    @ParameterizedTest
    @EnumSource
    void everyLanguageHasExactlyTheRequiredTexts(Language language) {
        var words = ResourceBundle.getBundle("vowcheck.core.reasons.reasons", language.locale());
        var names = Stream.of(ReasonCode.values(), EducationLevel.values())
                .flatMap(Arrays::stream)
                .map(Enum::name);
        assertThat(words.getLocale()).isEqualTo(language.locale());
        assertThat(words.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(names, Stream.of("missing", "one_day", "days", "years"))
                                .toList());
        assertThat(words.keySet().stream().map(words::getString)).doesNotHaveDuplicates();
    }

    @Test
    void theFourLargestContributionsAreGivenInDescendingOrder() {
        var explanation = explanation(Map.of(
                CLIENT_INCOME, 0.1,
                CREDIT_AMOUNT, -0.5,
                AGE_DAYS, 0.3,
                ID_DAYS, -0.2,
                PHONE_CHANGE, 0.4));
        assertThat(Reason.of(APPLICATION, explanation, Language.ENGLISH))
                .extracting(Reason::reasonCode)
                .containsExactly(
                        ReasonCode.CREDIT_AMOUNT_LOWERS,
                        ReasonCode.PHONE_RAISES,
                        ReasonCode.AGE_RAISES,
                        ReasonCode.ID_DOCUMENT_LOWERS);
    }

    @Test
    void contributionsThatHardlyMoveTheScoreAreNoReasons() {
        var explanation = explanation(Map.of(CLIENT_INCOME, 0.0099, AGE_DAYS, -0.0099, ID_DAYS, 0.01));
        assertThat(Reason.of(APPLICATION, explanation, Language.ENGLISH))
                .extracting(Reason::feature)
                .containsExactly(ID_DAYS);
    }

    @Test
    void aValueThatIsMissingIsSaidToBeMissing() {
        var ageOnly = Application.of(FeatureSchema.of(List.of(AGE_DAYS)), 8_583);
        var explanation = explanation(Map.of(CLIENT_INCOME, 0.2));
        assertThat(Reason.of(ageOnly, explanation, Language.ENGLISH).getFirst().text())
                .isEqualTo("The income (not stated) raises the estimated risk.");
        assertThat(Reason.of(ageOnly, explanation, Language.GERMAN).getFirst().text())
                .isEqualTo("Das Einkommen (keine Angabe) erhöht das geschätzte Risiko.");
    }

    @Test
    void aReasonStaysOutOfLogs() {
        assertThat(only(AGE_DAYS, 0.2, Language.ENGLISH)).hasToString("Reason[AGE_RAISES]");
    }

    private static Stream<Feature> features() {
        return FeatureSchema.CURRENT.features().stream();
    }

    private static String meaning(Language language, Feature feature) {
        return requireNonNull(requireNonNull(MEANINGS.get(language)).get(feature));
    }

    private static Reason only(Feature feature, double contribution, Language language) {
        var reasons = Reason.of(APPLICATION, explanation(Map.of(feature, contribution)), language);
        assertThat(reasons).hasSize(1);
        return reasons.getFirst();
    }

    private static String schooling(float days, Language language) {
        return Reason.of(with(EDUCATION_DAYS, days), explanation(Map.of(EDUCATION_DAYS, 1.0)), language)
                .getFirst()
                .text();
    }

    private static Application with(Feature feature, float value) {
        var values = APPLICATION.values(FeatureSchema.CONTRACT);
        values[FeatureSchema.CONTRACT.position(feature)] = value;
        return Application.of(FeatureSchema.CONTRACT, values);
    }

    private static Explanation explanation(Map<Feature, Double> contributions) {
        return new Explanation(
                -3,
                FeatureSchema.CURRENT.features().stream()
                        .map(feature -> new Explanation.Contribution(
                                feature, requireNonNull(contributions.getOrDefault(feature, 0.0))))
                        .toList());
    }
}
