package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;

class LabelledRowsTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 1);

    @Test
    void whatWasAddedIsReadBack() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT)
                .add(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, Float.NaN}, true, DAY, 77)
                .build();
        assertThat(rows.values(0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, Float.NaN);
        assertThat(rows.value(0, Feature.AGE_DAYS)).isEqualTo(4);
        assertThat(rows.divorced(0)).isTrue();
        assertThat(rows.date(0)).isEqualTo(DAY);
        assertThat(rows.index(0)).isEqualTo(77);
    }

    @Test
    void positivesAreCounted() {
        var builder = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 5_000; row++) {
            builder.add(new float[FeatureSchema.CURRENT.size()], row % 5 == 0, DAY, row);
        }
        assertThat(builder.build().positives()).isEqualTo(1_000);
    }

    @Test
    void equalRowsHaveAnEqualDigest() {
        assertThat(rows(5, DAY, true, 77).identity(0).digest())
                .isEqualTo(rows(5, DAY, true, 77).identity(0).digest());
        assertThat(List.of(
                        rows(6, DAY, true, 77),
                        rows(5, DAY.plusDays(1), true, 77),
                        rows(5, DAY, false, 77),
                        rows(5, DAY, true, 78),
                        rows(5, DAY, true, 77, 78),
                        rows(Float.NaN, DAY, true, 77)))
                .extracting(rows -> rows.identity(0).digest())
                .doesNotHaveDuplicates()
                .doesNotContain(rows(5, DAY, true, 77).identity(0).digest());
    }

    @Test
    void theDigestDependsOnTheOrder() {
        assertThat(rows(5, DAY, true, 77, 78).identity(0).digest())
                .isNotEqualTo(rows(5, DAY, true, 78, 77).identity(0).digest());
    }

    @Test
    void aFeatureThatNoRowHasDoesNotChangeTheDigest() {
        var later = LabelledRows.builder(LaterBuild.SCHEMA);
        var values = Arrays.copyOf(values(5), LaterBuild.SCHEMA.size());
        values[LaterBuild.SCHEMA.position(LaterBuild.HOUSEHOLD_SIZE)] = Float.NaN;
        assertThat(later.add(values, true, DAY, 77).build().identity(0))
                .isEqualTo(rows(5, DAY, true, 77).identity(0));
    }

    @Test
    void rowsAreIdentifiedByCountNewestDateAndDigest() {
        var identity = rows(5, DAY, true, 77, 78).identity(3);
        assertThat(identity.count()).isEqualTo(2);
        assertThat(identity.newest()).isEqualTo(DAY);
        assertThat(identity.leftOut()).isEqualTo(3);
    }

    private static LabelledRows rows(float age, LocalDate date, boolean divorced, long... indices) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (long index : indices) {
            rows.add(values(age), divorced, date, index);
        }
        return rows.build();
    }

    private static float[] values(float age) {
        return new float[] {1, 2, 3, age, 5, 6, 7, 8, 9, 10};
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> LabelledRows.builder(FeatureSchema.CONTRACT).add(new float[9], true, DAY, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("9 values, expected 10");
    }

    @Test
    void arraysAreCopies() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT)
                .add(new float[FeatureSchema.CURRENT.size()], true, DAY, 0)
                .build();
        rows.values(0)[0] = 5;
        rows.labels()[0] = false;
        assertThat(rows.value(0, Feature.CLIENT_INCOME)).isZero();
        assertThat(rows.divorced(0)).isTrue();
    }

    @Test
    void aPartHasItsOwnPositions() {
        var rows = rows(5, DAY, true, 77, 78, 79, 80);
        var part = rows.range(1, 4).range(1, 3);

        assertThat(part.size()).isEqualTo(2);
        assertThat(part.index(0)).isEqualTo(79);
        assertThat(part.values(1)).isEqualTo(rows.values(3));
        assertThat(part.column(Feature.AGE_DAYS)).containsExactly(5, 5);
        assertThat(part.labels()).containsExactly(true, true);
        assertThat(part.positives()).isEqualTo(2);
        assertThat(part.select(1).index(0)).isEqualTo(80);
        assertThat(part.identity(0)).isEqualTo(rows(5, DAY, true, 79, 80).identity(0));
    }

    @Test
    void aPartEndsAtItsRows() {
        var part = rows(5, DAY, true, 77, 78, 79, 80).range(1, 3);

        assertThatThrownBy(() -> part.index(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.values(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.range(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aFeatureThatOnlyRowsOutsideThePartHaveIsNotPresent() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT)
                .add(values(5), true, DAY, 77)
                .add(values(Float.NaN), true, DAY, 78)
                .build();

        assertThat(rows.present().contains(Feature.AGE_DAYS)).isTrue();
        assertThat(rows.range(1, 2).present().contains(Feature.AGE_DAYS)).isFalse();
    }

    @Test
    void moreOrFewerRowsThanExpectedMayBeAdded() {
        for (int expected : new int[] {0, 1, 2, 5}) {
            var rows = LabelledRows.builder(FeatureSchema.CONTRACT, expected);
            rows.add(values(5), true, DAY, 77).add(values(6), false, DAY, 78);
            assertThat(rows.build().column(Feature.AGE_DAYS)).containsExactly(5, 6);
        }
    }
}
