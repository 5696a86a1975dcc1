package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.scoring.MovableClock;

/// The champion's rows have the values 1 to 100 in every feature, and the cutoff 2025-05-01.
class RangeCheckTest {

    private static final ModelManifest CHAMPION =
            ModelFixtures.constant("3", 0.1).manifest();
    private static final LocalDate SINCE = CHAMPION.data().cutoff();

    private final InMemoryDrift logged = new InMemoryDrift();
    private final RangeCheck check = new RangeCheck(logged, RangeCheck.LEAST_OVERLAP, new MovableClock());

    @Test
    void rowsLikeTheChampionsAreAccepted() {
        assertAccepted(rows(row -> 1 + row % 100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {6, 11, 50, 95, 150})
    void aFeatureThatIsConstantAtAUsualValueIsAccepted(double constant) {
        assertAccepted(rows(_ -> constant));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 1 / 365.25, 100, 1_000})
    void aFeatureInAnotherUnitIsRefused(double factor) {
        // Of 100 values times 100, the first is 100, which is usual.
        assertThatThrownBy(() -> check.requireInRange(rows(row -> (2 + row % 99) * factor), CHAMPION))
                .isInstanceOf(RefusedRows.class)
                .hasMessage(
                        "the 1,000 newest labelled rows are refused: Age_Days has moved out of the range that serves:"
                                + " overlap 0.000 with the rows of version 3 (0 applications logged since 2025-05-02 are too few"
                                + " to compare with); expected an overlap of at least 0.02; check the unit of these values,"
                                + " correct the rows and train again");
    }

    @Test
    void whatTheLoggedApplicationsDoNotShareIsRefused() {
        log(50, 1_000);

        assertThatThrownBy(() -> check.requireInRange(rows(_ -> 5_000), CHAMPION))
                .isInstanceOf(RefusedRows.class)
                .hasMessageContaining(
                        "overlap 0.000 with the rows of version 3 and 0.000 with the 1,000 applications logged since"
                                + " 2025-05-02;");
    }

    @Test
    void aRealChangeThatTheLoggedApplicationsShareIsAccepted() {
        log(5_001, 1_000);

        assertAccepted(rows(row -> 5_000 + row % 7));
    }

    @Test
    void tooFewLoggedApplicationsConfirmNothing() {
        log(5_001, 999);

        assertThatThrownBy(() -> check.requireInRange(rows(_ -> 5_000), CHAMPION))
                .hasMessageContaining("(999 applications logged since 2025-05-02 are too few to compare with)");
    }

    @Test
    void onlyTheRowsSinceTheChampionsCutoffAreCompared() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            rows.add(values(Feature.AGE_DAYS, row < 800 ? 50 : 5_000), false, SINCE.plusDays(row < 800 ? -1 : 0), row);
        }
        assertThatThrownBy(() -> check.requireInRange(rows.build(), CHAMPION))
                .hasMessageStartingWith("the 200 newest labelled rows are refused: Age_Days ");
    }

    @Test
    void theNewestTenthIsComparedWhereFewerRowsAreNewer() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            rows.add(values(Feature.AGE_DAYS, row < 900 ? 50 : 5_000), false, SINCE.minusDays(1), row);
        }
        assertThatThrownBy(() -> check.requireInRange(rows.build(), CHAMPION))
                .hasMessageStartingWith("the 100 newest labelled rows are refused: Age_Days ");
    }

    @Test
    void fewNewestRowsAreComparedTogetherWithOlderOnes() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 200; row++) {
            rows.add(values(Feature.AGE_DAYS, row < 180 ? 50 : 5_000), false, SINCE.minusDays(1), row);
        }
        assertAccepted(rows.build());
    }

    @Test
    void fewerThanAHundredRowsAreNotCompared() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 99; row++) {
            rows.add(values(Feature.AGE_DAYS, 5_000), true, SINCE, row);
        }
        assertAccepted(rows.build());
        rows.add(values(Feature.AGE_DAYS, 5_000), true, SINCE, 99);
        assertThatThrownBy(() -> check.requireInRange(rows.build(), CHAMPION))
                .hasMessageStartingWith("the 100 newest labelled rows are refused: ");
    }

    @Test
    void everyFeatureThatMovedIsNamed() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            var values = values(Feature.AGE_DAYS, 5_000);
            values[FeatureSchema.CONTRACT.position(Feature.ID_DAYS)] = 0.1f;
            rows.add(values, false, SINCE, row);
        }
        assertThatThrownBy(() -> check.requireInRange(rows.build(), CHAMPION))
                .hasMessageContainingAll("Age_Days has moved", "ID_Days has moved");
    }

    /// A tenth of the champion's rows divorced.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 30, 349})
    void aShareOfDivorcesThatMayReallyHappenIsAccepted(int divorcedOfThousand) {
        assertAccepted(labels(divorcedOfThousand));
    }

    @ParameterizedTest
    @ValueSource(ints = {351, 900, 1_000})
    void anInvertedLabelIsRefused(int divorcedOfThousand) {
        log(50, 1_000); // applications have no label, so they confirm nothing

        assertThatThrownBy(() -> check.requireInRange(labels(divorcedOfThousand), CHAMPION))
                .isInstanceOf(RefusedRows.class)
                .hasMessage(
                        "the 1,000 newest labelled rows are refused: their share of divorces is %.3f, expected 0.000 to"
                                        .formatted(divorcedOfThousand / 1_000.0)
                                + " 0.350, since it is 0.100 in the rows of version 3; check that Divorce is 1 for a divorce"
                                + " and 0 for none, correct the rows and train again");
    }

    @Test
    void aLimitOfZeroRefusesNoShareOfDivorces() {
        assertThatCode(() -> new RangeCheck(logged, 0, new MovableClock()).requireInRange(labels(900), CHAMPION))
                .doesNotThrowAnyException();
    }

    @Test
    void aLimitOfZeroRefusesNothing() {
        assertThatCode(() -> new RangeCheck(logged, 0, new MovableClock()).requireInRange(rows(_ -> 5_000), CHAMPION))
                .doesNotThrowAnyException();
    }

    private void assertAccepted(LabelledRows rows) {
        assertThatCode(() -> check.requireInRange(rows, CHAMPION)).doesNotThrowAnyException();
        assertThat(RangeCheck.overlaps(rows, CHAMPION)).hasSize(10);
    }

    private void log(float age, int times) {
        logged.log(Application.of(FeatureSchema.CONTRACT, values(Feature.AGE_DAYS, age)), times);
    }

    /// A thousand rows of the champion's cutoff, whose ages are as given.
    private static LabelledRows rows(IntToDoubleFunction age) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            rows.add(values(Feature.AGE_DAYS, (float) age.applyAsDouble(row)), false, SINCE, row);
        }
        return rows.build();
    }

    private static LabelledRows labels(int divorced) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            rows.add(values(Feature.AGE_DAYS, 50), row < divorced, SINCE, row);
        }
        return rows.build();
    }

    private static float[] values(Feature feature, float value) {
        var values = new float[FeatureSchema.CONTRACT.size()];
        Arrays.fill(values, 50);
        values[FeatureSchema.CONTRACT.position(feature)] = value;
        return values;
    }
}
