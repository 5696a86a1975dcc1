package vowcheck.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;

class TimeFoldTest {

    private static final LocalDate START = LocalDate.of(2025, 1, 1);
    private static final int PEOPLE = 700;

    @Test
    void eachFoldValidatesOnNewerRowsThanItIsFittedOn() {
        var folds = folds(rows(4_000));

        assertThat(folds).hasSize(3).allSatisfy(fold -> {
            assertThat(newest(fold.fitted())).isBefore(fold.stopping().date(0));
            assertThat(newest(fold.stopping())).isBefore(fold.validated().date(0));
        });
        assertThat(folds).extracting(fold -> fold.validated().size()).containsExactly(1_000, 1_000, 1_000);
    }

    @Test
    void noFoldIsFittedOnAPersonThatItValidatesOn() {
        assertThat(folds(rows(4_000))).allSatisfy(fold -> {
            assertThat(people(fold.fitted())).isNotEmpty().doesNotContainAnyElementsOf(people(fold.validated()));
            assertThat(people(fold.stopping())).isNotEmpty().doesNotContainAnyElementsOf(people(fold.validated()));
            assertThat(people(fold.fitted())).doesNotContainAnyElementsOf(people(fold.stopping()));
        });
    }

    @Test
    void tooFewRowsAreRefused() {
        var few = rows(4_000).range(0, 20);

        assertThatThrownBy(() -> folds(few))
                .isInstanceOf(InsufficientRows.class)
                .hasMessageContaining("a fold of a search");
    }

    private static List<TimeFold> folds(LabelledRows rows) {
        return IntStream.rangeClosed(1, TimeFold.FOLDS)
                .mapToObj(fold -> TimeFold.of(rows, fold))
                .toList();
    }

    /// One row a day. Every third one is of a person who comes again and again, at intervals of several folds.
    private static LabelledRows rows(int count) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < count; row++) {
            var values = new float[FeatureSchema.CONTRACT.size()];
            Arrays.fill(values, row % 3 == 0 ? row % PEOPLE : PEOPLE + row);
            rows.add(values, row % 4 == 1, START.plusDays(row), row);
        }
        return rows.build();
    }

    private static LocalDate newest(LabelledRows rows) {
        return rows.date(rows.size() - 1);
    }

    private static Set<Float> people(LabelledRows rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> rows.values(row)[0])
                .collect(Collectors.toSet());
    }
}
