package vowcheck.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    private static final float[] COMPLETE = {12000, 10000, 5000, 20000, 2730, 2730, 2800, 2500, 0, 6000};

    @Test
    void valuesAreKeptInTheContractsOrder() {
        var application = Application.of(COMPLETE);

        assertThat(application.value(Feature.CLIENT_INCOME)).isEqualTo(12000);
        assertThat(application.value(Feature.EDUCATION_DAYS)).isEqualTo(6000);
        assertThat(application.toArray()).containsExactly(COMPLETE);
    }

    @Test
    void everyFaultIsNamedInTheContractsOrder() {
        var form = new ApplicationForm();
        form.enter(Feature.ID_DAYS, -1);
        form.enter(Feature.CLIENT_INCOME, 0);
        form.refuse(Feature.AGE_DAYS, "a string");

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
    void whatFloat32CannotHoldOrIsNegativeIsRefused(double value) {
        assertThat(Feature.ALL).noneMatch(feature -> feature.accepts(value));
    }

    @Test
    void zeroIsAValueForAllButTheIncome() {
        assertThat(Feature.ALL).filteredOn(feature -> !feature.accepts(0)).containsExactly(Feature.CLIENT_INCOME);
    }

    @Test
    void valuesOutOfTheTrainingRangeAreAccepted() {
        assertThat(Feature.EMPLOYED_DAYS.accepts(365243)).isTrue();
        assertThat(Feature.CREDIT_AMOUNT.accepts(1e30)).isTrue();
    }

    @Test
    void aFeatureEnteredTwiceIsRefused() {
        var form = new ApplicationForm();
        Feature.ALL.forEach(feature -> form.enter(feature, COMPLETE[feature.position()]));
        form.enter(Feature.AGE_DAYS, 20000);

        assertThatThrownBy(form::application)
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        new InvalidApplication.Fault(Feature.AGE_DAYS, "it twice", "it once")));
    }

    @Test
    void noMessageHoldsAnApplicantsValues() {
        var invalid = new InvalidApplication(
                List.of(new InvalidApplication.Fault(Feature.AGE_DAYS, "the string \"born 1990\"", "a number")));

        assertThat(invalid.getMessage()).doesNotContain("1990");
        assertThat(Application.of(COMPLETE).toString()).doesNotContain("12000");
    }

    @Test
    void equalValuesAreEqualApplications() {
        assertThat(Application.of(COMPLETE))
                .isEqualTo(Application.of(Arrays.copyOf(COMPLETE, 10)))
                .hasSameHashCodeAs(Application.of(COMPLETE));
    }
}
