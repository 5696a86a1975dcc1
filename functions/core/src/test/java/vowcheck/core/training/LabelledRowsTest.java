package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

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
}
