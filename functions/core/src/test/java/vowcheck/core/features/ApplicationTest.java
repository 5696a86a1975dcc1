package vowcheck.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 6, 1);
    private static final FeatureSchema LATER = FeatureSchema.CONTRACT.with(LaterBuild.HOUSEHOLD_SIZE);
    private static final float[] COMPLETE = {12000, 10000, 5000, 20000, 2730, 2730, 2800, 2500, 0, 6000};

    @Test
    void valuesAreKeptInTheContractsOrder() {
        var application = Application.of(FeatureSchema.CONTRACT, COMPLETE);

        assertThat(application.value(Feature.CLIENT_INCOME)).isEqualTo(12000);
        assertThat(application.value(Feature.EDUCATION_DAYS)).isEqualTo(6000);
        assertThat(application.values(FeatureSchema.CONTRACT)).containsExactly(COMPLETE);
    }

    @Test
    void everyFaultIsNamedInTheContractsOrder() {
        var form = new ApplicationForm(FeatureSchema.CONTRACT, TODAY);
        form.enter(Feature.ID_DAYS, -1);
        form.enter(Feature.CLIENT_INCOME, 0);
        form.refuse(FeatureSchema.CONTRACT.position(Feature.AGE_DAYS), "a string");

        assertThatThrownBy(form::application)
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .hasSize(10)
                                .startsWith(new InvalidApplication.Fault(
                                        Feature.CLIENT_INCOME, "0.0", "a finite float32 number greater than 0"))
                                .contains(new InvalidApplication.Fault(
                                        Feature.AGE_DAYS, "a string", "a finite float32 number of 0 or more"))
                                .contains(new InvalidApplication.Fault(
                                        Feature.EDUCATION_DAYS, "nothing", "a finite float32 number of 0 or more")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39, -1e-50, -1})
    void valuesThatAreNegativeOrNotFiniteInFloat32AreRefused(double value) {
        assertThat(FeatureSchema.CURRENT.features()).noneMatch(feature -> feature.accepts(value));
    }

    @Test
    void zeroIsAValueForAllButTheIncome() {
        assertThat(FeatureSchema.CURRENT.features())
                .filteredOn(feature -> !feature.accepts(0))
                .containsExactly(Feature.CLIENT_INCOME);
    }

    @Test
    void valuesOutOfTheTrainingRangeAreAccepted() {
        assertThat(Feature.EMPLOYED_DAYS.accepts(365243)).isTrue();
        assertThat(Feature.CREDIT_AMOUNT.accepts(1e30)).isTrue();
    }

    @Test
    void aFeatureEnteredTwiceIsRefused() {
        var form = new ApplicationForm(FeatureSchema.CONTRACT, TODAY);
        FeatureSchema.CONTRACT
                .features()
                .forEach(feature -> form.enter(feature, COMPLETE[FeatureSchema.CONTRACT.position(feature)]));
        form.enter(Feature.AGE_DAYS, 20000);

        assertThatThrownBy(form::application)
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        new InvalidApplication.Fault(Feature.AGE_DAYS, "it twice", "it once")));
    }

    @Test
    void faultsOfOtherFieldsStandAfterThoseOfFeatures() {
        var other = new InvalidApplication.Fault("loan_id", "a number", "a string");
        var form = new ApplicationForm(FeatureSchema.of(List.of(Feature.AGE_DAYS)), TODAY);
        form.refuse(other);
        form.enter(Feature.AGE_DAYS, -1);

        assertThatThrownBy(form::application)
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidApplication.Fault::fieldName)
                                .containsExactly("Age_Days", "loan_id"));
    }

    @Test
    void aFeatureThatIsNotRequiredYetMayBeMissing() {
        var form = new ApplicationForm(LATER, LaterBuild.REQUIRED_SINCE.minusDays(1));
        FeatureSchema.CONTRACT.features().forEach(feature -> form.enter(feature, 1));
        var application = form.application();

        assertThat(application.has(LaterBuild.HOUSEHOLD_SIZE)).isFalse();
        assertThat(application.value(LaterBuild.HOUSEHOLD_SIZE)).isNaN();
        assertThat(application.missing(LATER)).containsExactly(LaterBuild.HOUSEHOLD_SIZE);
        assertThat(application).isNotEqualTo(Application.of(LATER, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    }

    @Test
    void aFeatureIsRefusedWhereItIsMissingThoughRequired() {
        var form = new ApplicationForm(LATER, LaterBuild.REQUIRED_SINCE);
        FeatureSchema.CONTRACT.features().forEach(feature -> form.enter(feature, 1));

        assertThatThrownBy(form::application)
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(new InvalidApplication.Fault(
                                        LaterBuild.HOUSEHOLD_SIZE, "nothing", "a finite float32 number of 1 or more")));
    }

    @Test
    void aStoredApplicationLacksNoFeatureThatWasAlwaysRequired() {
        assertThat(Application.of(LATER, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Float.NaN)
                        .has(LaterBuild.HOUSEHOLD_SIZE))
                .isFalse();
        assertThatThrownBy(() -> Application.of(LATER, 1, 2, 3, Float.NaN, 5, 6, 7, 8, 9, 10, 11))
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidApplication.Fault::fieldName)
                                .containsExactly(Feature.AGE_DAYS.fieldName()));
    }

    @Test
    void valuesComeInTheOrderThatIsAskedFor() {
        var application = Application.of(FeatureSchema.CONTRACT, COMPLETE);
        var asked = FeatureSchema.of(List.of(Feature.AGE_DAYS, LaterBuild.HOUSEHOLD_SIZE, Feature.CLIENT_INCOME));

        assertThat(application.values(asked)).containsExactly(20_000, Float.NaN, 12_000);
        assertThat(application.missing(asked)).containsExactly(LaterBuild.HOUSEHOLD_SIZE);
    }

    @Test
    void noMessageHoldsAnApplicantsValues() {
        var invalid = new InvalidApplication(
                List.of(new InvalidApplication.Fault(Feature.AGE_DAYS, "the string \"born 1990\"", "a number")));

        assertThat(invalid.getMessage()).doesNotContain("1990");
        assertThat(Application.of(FeatureSchema.CONTRACT, COMPLETE).toString()).doesNotContain("12000");
    }

    @Test
    void equalValuesAreEqualApplications() {
        assertThat(Application.of(FeatureSchema.CONTRACT, COMPLETE))
                .isEqualTo(Application.of(FeatureSchema.CONTRACT, Arrays.copyOf(COMPLETE, 10)))
                .hasSameHashCodeAs(Application.of(FeatureSchema.CONTRACT, COMPLETE));
    }
}
