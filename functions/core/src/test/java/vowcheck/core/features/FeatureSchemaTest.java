package vowcheck.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.core.features.LaterBuild.HOUSEHOLD_SIZE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSchemaTest {

    private static final FeatureSchema TWO = FeatureSchema.of(List.of(Feature.AGE_DAYS, Feature.CLIENT_INCOME));

    @Test
    void theContractsFeaturesAreTheFirstOfEveryBuild() {
        assertThat(FeatureSchema.CURRENT.features())
                .startsWith(FeatureSchema.CONTRACT.features().toArray(Feature[]::new));
        assertThat(FeatureSchema.CONTRACT.fieldNames())
                .containsExactly(
                        "Client_Income",
                        "Credit_Amount",
                        "Loan_Annuity",
                        "Age_Days",
                        "Employed_Days",
                        "Registration_Days",
                        "ID_Days",
                        "Phone_Change",
                        "Credit_Bureau",
                        "Education_Days");
    }

    @Test
    void aFeatureBeyondTheContractMayBeMissingInOlderApplications() {
        assertThat(FeatureSchema.CURRENT.features())
                .filteredOn(feature -> !FeatureSchema.CONTRACT.contains(feature))
                .allMatch(Feature::mayBeMissing);
        assertThat(FeatureSchema.CONTRACT.features()).noneMatch(Feature::mayBeMissing);
    }

    @Test
    void positionsCountFromZeroInTheSchemasOwnOrder() {
        assertThat(TWO.position(Feature.CLIENT_INCOME)).isEqualTo(1);
        assertThat(TWO.named("Age_Days")).contains(Feature.AGE_DAYS);
        assertThat(TWO.named("ID_Days")).isEmpty();
        assertThatThrownBy(() -> TWO.position(Feature.ID_DAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ID_Days, expected one of [Age_Days, Client_Income]");
    }

    @Test
    void aSelectionHasTheOrderOfItsNames() {
        assertThat(FeatureSchema.CURRENT.select(List.of("Age_Days", "Client_Income")))
                .isEqualTo(TWO);
        assertThat(TWO.select(TWO.fieldNames())).isSameAs(TWO);
        assertThatThrownBy(() -> TWO.select(List.of("Shoe_Size")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the feature 'Shoe_Size', expected one of [Age_Days, Client_Income]");
    }

    @Test
    void noFeatureAndAFeatureTwiceAreRefused() {
        assertThatThrownBy(() -> FeatureSchema.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TWO.with(Feature.AGE_DAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Age_Days twice, expected every feature once");
    }

    @ParameterizedTest
    @CsvSource({
        "0,   false, 0,    true,  a finite float32 number of 0 or more",
        "0,   true,  0,    false, a finite float32 number greater than 0",
        "0,   true,  1e-60, false, a finite float32 number greater than 0",
        "1.5, false, 1.5,  true,  a finite float32 number of 1.5 or more",
        "1.5, false, 1.4,  false, a finite float32 number of 1.5 or more",
        "-10, true,  -9.5, true,  a finite float32 number greater than -10"
    })
    void theWordsOfABoundSayWhatItAdmits(
            double bound, boolean exclusive, double value, boolean accepted, String expectation) {
        var feature = new Feature("Any", Feature.Unit.COUNT, new LowerBound(bound, exclusive), Feature.ALWAYS);
        assertThat(feature.accepts(value)).isEqualTo(accepted);
        assertThat(feature.expectation()).isEqualTo(expectation);
    }

    @Test
    void aFeatureIsRequiredFromItsDayOn() {
        assertThat(HOUSEHOLD_SIZE.isRequiredOn(LaterBuild.REQUIRED_SINCE.minusDays(1)))
                .isFalse();
        assertThat(HOUSEHOLD_SIZE.isRequiredOn(LaterBuild.REQUIRED_SINCE)).isTrue();
        assertThat(Feature.AGE_DAYS.isRequiredOn(Feature.ALWAYS)).isTrue();
    }
}
