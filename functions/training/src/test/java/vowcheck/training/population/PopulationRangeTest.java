package vowcheck.training.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.RequestFixtures;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.TrainingData;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.RangeCheck;
import vowcheck.core.training.RefusedRows;

/// The limit of [RangeCheck] on rows as they really are.
class PopulationRangeTest {

    private static final LabelledRows ROWS = SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED);
    private static final LocalDate CUTOFF = LocalDate.of(2025, 5, 1);
    private static final ModelManifest CHAMPION = champion(CUTOFF);
    private static final RangeCheck CHECK =
            new RangeCheck(new InMemoryDrift(), RangeCheck.LEAST_OVERLAP, new MovableClock());
    private static final LabelledRows NEXT = ROWS.before(CUTOFF.plusMonths(1));

    /// The replay's cutoffs, each compared with a champion of the month before and with the first one.
    @Test
    void noMonthOfThePopulationComesNearTheLimit() {
        for (int month = 1; month < 12; month++) {
            var rows = ROWS.before(CUTOFF.plusMonths(month));
            for (var champion : List.of(champion(CUTOFF.plusMonths(month - 1)), CHAMPION)) {
                assertThat(RangeCheck.overlaps(rows, champion).values())
                        .hasSize(10)
                        .allSatisfy(overlap -> assertThat(overlap).isGreaterThan(0.8));
            }
        }
    }

    /// Every month's cutoff, each compared with a champion of the month before and with the replay's first one.
    @Test
    void noMonthsShareOfDivorcesComesNearTheLimitAndNoInvertedOneIsWithinIt() {
        for (var cutoff = LocalDate.of(2023, 7, 1);
                cutoff.isBefore(CUTOFF.plusMonths(12));
                cutoff = cutoff.plusMonths(1)) {
            var rows = ROWS.before(cutoff);
            for (var champion : List.of(champion(cutoff.minusMonths(1)), CHAMPION)) {
                assertThat(RangeCheck.labelOverlap(rows, champion))
                        .as("%s", cutoff)
                        .isGreaterThan(0.92);
                assertThat(RangeCheck.labelOverlap(inverted(rows), champion))
                        .as("%s inverted", cutoff)
                        .isLessThan(0.3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Age_Days, 365.25",
        "Registration_Days, 365.25",
        "ID_Days, 365.25",
        "Age_Days, 30.4",
        "Client_Income, 1000",
        "Client_Income, 0.01",
        "Credit_Amount, 1000",
        "Credit_Amount, 0.01",
        "Loan_Annuity, 100",
        "Loan_Annuity, 0.01",
        "Loan_Annuity, 12",
    })
    void aFeatureInAnotherUnitIsRefused(String name, float divisor) {
        var feature = FeatureSchema.CONTRACT.named(name).orElseThrow();

        assertThatThrownBy(() -> CHECK.requireInRange(with(feature, value -> value / divisor), CHAMPION))
                .isInstanceOf(RefusedRows.class)
                .hasMessageContaining(name + " has moved out of the range that serves");
    }

    @Test
    void twoExchangedColumnsAreRefusedWhicheverTheyAre() {
        var features = FeatureSchema.CONTRACT.features();
        for (int one = 0; one < features.size(); one++) {
            for (int other = one + 1; other < features.size(); other++) {
                var exchanged = exchanged(features.get(one), features.get(other));
                assertThatThrownBy(() -> CHECK.requireInRange(exchanged, CHAMPION))
                        .as("%s and %s", features.get(one), features.get(other))
                        .isInstanceOf(RefusedRows.class)
                        .hasMessageContaining("%s and %s seem to be exchanged", features.get(one), features.get(other));
            }
        }
    }

    /// The replay's cutoffs, each compared with a champion of the month before and with the first one, and the 1001
    /// applications of the replaced installation.
    @Test
    void noRowsAsTheyReallyAreComeNearTheLimitOfAnExchange() throws IOException {
        for (int month = 1; month < 12; month++) {
            var rows = ROWS.before(CUTOFF.plusMonths(month));
            for (var champion : List.of(champion(CUTOFF.plusMonths(month - 1)), CHAMPION)) {
                assertThat(RangeCheck.largestGainOfAnExchange(rows, champion)).isLessThan(-0.4);
            }
        }
        assertThat(RangeCheck.largestGainOfAnExchange(applications(), CHAMPION)).isLessThan(-0.4);
    }

    /// From the first decile to the ninth.
    @Test
    void aFeatureThatIsConstantAtAUsualValueIsAccepted() {
        for (var feature : FeatureSchema.CONTRACT.features()) {
            var sorted = ROWS.column(feature);
            Arrays.sort(sorted);
            for (int twentieth = 2; twentieth <= 18; twentieth++) {
                float usual = sorted[twentieth * sorted.length / 20];
                var constant = with(feature, _ -> usual);
                assertThatCode(() -> CHECK.requireInRange(constant, CHAMPION))
                        .as("%s at its %d. twentieth", feature, twentieth)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static LabelledRows inverted(LabelledRows rows) {
        var inverted = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < rows.size(); row++) {
            inverted.add(rows.values(row), !rows.divorced(row), rows.date(row), rows.index(row));
        }
        return inverted.build();
    }

    /// The newest tenth of the rows before June 2025, of which one feature is changed.
    private static LabelledRows with(Feature feature, UnaryOperator<Float> change) {
        int position = FeatureSchema.CONTRACT.position(feature);
        return changed(values -> values[position] = change.apply(values[position]));
    }

    private static LabelledRows exchanged(Feature one, Feature other) {
        int first = FeatureSchema.CONTRACT.position(one);
        int second = FeatureSchema.CONTRACT.position(other);
        return changed(values -> {
            float value = values[first];
            values[first] = values[second];
            values[second] = value;
        });
    }

    private static LabelledRows changed(Consumer<float[]> change) {
        var changed = LabelledRows.builder(FeatureSchema.CONTRACT);
        IntStream.range(NEXT.size() - NEXT.size() / 10, NEXT.size()).forEach(row -> {
            var values = NEXT.values(row);
            change.accept(values);
            changed.add(values, NEXT.divorced(row), NEXT.date(row), NEXT.index(row));
        });
        return changed.build();
    }

    /// As if they had labels.
    private static LabelledRows applications() throws IOException {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        var applications = RequestFixtures.batch("request_drift.json");
        for (int row = 0; row < applications.size(); row++) {
            rows.add(applications.get(row).values(FeatureSchema.CONTRACT), false, CUTOFF, row);
        }
        return rows.build();
    }

    private static ModelManifest champion(LocalDate cutoff) {
        var rows = ROWS.before(cutoff);
        var all = new RowCount(rows.size(), rows.positives());
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        FeatureSchema.CONTRACT
                .features()
                .forEach(feature -> reference.put(feature, ReferenceDistribution.of(rows.column(feature))));
        var any = ModelFixtures.constant("1", 0.1).manifest();
        var data = any.data();
        return new ModelManifest(
                any.version(),
                any.file(),
                any.schema(),
                new TrainingData(
                        data.origin(), cutoff, cutoff.minusDays(60), rows.identity(0), all, all, all, reference),
                any.settings(),
                any.calibration(),
                any.metrics(),
                any.parity(),
                any.smoke());
    }
}
