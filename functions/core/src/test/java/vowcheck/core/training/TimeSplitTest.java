package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.FeatureSchema;

class TimeSplitTest {

    private static final LocalDate START = LocalDate.of(2025, 1, 1);

    @Test
    void theNewestTenthTestsAndTheNewestTenthOfTheRestCalibrates() {
        var split = TimeSplit.of(rows(1_000, 1).before(START.plusDays(1_000)));
        assertThat(List.of(
                        split.training().size(),
                        split.calibrating().size(),
                        split.test().size()))
                .containsExactly(810, 90, 100);
    }

    @Test
    void aTenthIsRoundedUp() {
        var split = TimeSplit.of(rows(1_001, 1).before(START.plusDays(2_000)));
        assertThat(List.of(
                        split.training().size(),
                        split.calibrating().size(),
                        split.test().size()))
                .containsExactly(810, 90, 101);
    }

    @Test
    void rowsOfTheCutoffAndLaterAreLeftOut() {
        var split = TimeSplit.of(rows(1_000, 1).before(START.plusDays(500)));
        assertThat(split.test().date(split.test().size() - 1)).isEqualTo(START.plusDays(499));
    }

    @Test
    void rowsOfOneDayStandInTheOrderOfTheirIndex() {
        var rows = rows(1_000, 100).before(START.plusDays(1_000));
        assertThat(IntStream.range(0, rows.size()).mapToLong(rows::index))
                .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void fittedUntilIsTheLastDayThatFittedAnything() {
        var split = TimeSplit.of(rows(1_000, 1).before(START.plusDays(1_000)));
        assertThat(split.fittedUntil()).isEqualTo(START.plusDays(899));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSplitDependsOnTheRowsAndNotOnTheirOrder(long seed) {
        var rows = rows(777, 5);
        var places = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        var shuffled = rows.select(places.stream().mapToInt(Integer::intValue).toArray());
        var cutoff = START.plusDays(100);
        assertThat(indices(TimeSplit.of(shuffled.before(cutoff))))
                .isEqualTo(indices(TimeSplit.of(rows.before(cutoff))));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 99, 100, 101, 109, 110, 1_234})
    void everyRowIsInOnePartAndPartsFollowEachOtherInTime(int size) {
        var split = TimeSplit.of(rows(size, 3).before(START.plusDays(size)));
        assertThat(indices(split))
                .containsExactlyElementsOf(LongStream.range(0, size).boxed().toList());
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThatThrownBy(() -> TimeSplit.of(rows(10, 1).before(START.plusDays(10))))
                .isInstanceOf(InsufficientRows.class)
                .hasMessageContaining("expected some of both labels");
    }

    @Test
    void noRowsBeforeTheCutoffAreRefused() {
        assertThatThrownBy(() -> TimeSplit.of(rows(10, 1).before(START))).isInstanceOf(InsufficientRows.class);
    }

    @Test
    void rowsOutOfTimeOrderAreRefused() {
        var rows = rows(1_000, 10);
        var reversed = rows.select(IntStream.range(0, rows.size())
                .map(row -> rows.size() - 1 - row)
                .toArray());
        assertThatThrownBy(() -> TimeSplit.of(reversed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 998 of 2025-04-10 follows a later one, expected rows in time order");
    }

    private static List<Long> indices(TimeSplit split) {
        var indices = new ArrayList<Long>();
        for (var part : List.of(split.training(), split.calibrating(), split.test())) {
            IntStream.range(0, part.size()).forEach(row -> indices.add(part.index(row)));
        }
        return indices;
    }

    /// Rows of alternating labels, `perDay` a day from [#START] on, indexed in the order of time.
    private static LabelledRows rows(int size, int perDay) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < size; row++) {
            rows.add(new float[FeatureSchema.CURRENT.size()], row % 2 == 0, START.plusDays(row / perDay), row);
        }
        return rows.build();
    }
}
