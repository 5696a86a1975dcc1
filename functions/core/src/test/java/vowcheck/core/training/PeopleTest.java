package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;

class PeopleTest {

    private static final LocalDate DAY = LocalDate.of(2025, 6, 1);

    @Test
    void rowsWithEqualFeaturesAreOnePersons() {
        var people = People.of(rows(30, 40, 30, 50, 40));

        assertThat(people.count()).isEqualTo(3);
        assertThat(IntStream.range(0, 5).map(people::person)).containsExactly(0, 1, 0, 2, 1);
    }

    @Test
    void onlyTwinsAreRemoved() {
        var removed = People.of(rows(30, 60)).removedFrom(rows(30, 40, 30, 50));

        assertThat(removed.size()).isEqualTo(2);
        assertThat(removed.index(0)).isEqualTo(1);
        assertThat(removed.index(1)).isEqualTo(3);
    }

    @Test
    void partsOfRowsHaveTheirOwnPeople() {
        var rows = rows(30, 40, 50, 40, 60);

        var people = People.of(rows.range(3, 5));

        assertThat(people.count()).isEqualTo(2);
        assertThat(people.removedFrom(rows.range(1, 4)).size()).isEqualTo(1);
    }

    @Test
    void labelAndDateMakeNobodyAnotherPerson() {
        var builder = LabelledRows.builder(FeatureSchema.CONTRACT);
        builder.add(values(30), true, DAY, 0).add(values(30), false, DAY.plusDays(1), 1);
        assertThat(People.of(builder.build()).count()).isEqualTo(1);
    }

    /// As the trees see it: a negative 0 takes the branches of 0, and missing is neither 0 nor any other value.
    @Test
    void missingValuesAndZerosAreComparedAsTheTreesDo() {
        var people = People.of(rows(Float.NaN, 0f, -0f, Float.NaN));

        assertThat(people.count()).isEqualTo(2);
        assertThat(people.removedFrom(rows(-0f, Float.intBitsToFloat(0x7fc00001), 1))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void manyPeopleAreToldApartExactly() {
        var random = new Random(5);
        var builder = LabelledRows.builder(FeatureSchema.CONTRACT);
        var expected = new HashMap<String, Integer>();
        var people = new int[20_000];
        for (int row = 0; row < people.length; row++) {
            var values = new float[FeatureSchema.CONTRACT.size()];
            values[0] = random.nextInt(100);
            values[9] = random.nextInt(100);
            builder.add(values, false, DAY, row);
            people[row] = expected.merge(values[0] + "/" + values[9], expected.size(), (known, _) -> known);
        }
        var rows = builder.build();
        var found = People.of(rows);
        assertThat(IntStream.range(0, people.length).map(found::person)).containsExactly(boxed(people));
        assertThat(found.removedFrom(rows).size()).isZero();
        assertThat(People.of(rows(1)).removedFrom(rows).size()).isEqualTo(people.length);
    }

    @Test
    void aFeatureThatALaterBuildKnowsMakesNobodyAnotherPerson() {
        var later = LabelledRows.builder(LaterBuild.SCHEMA);
        var values = Arrays.copyOf(values(30), LaterBuild.SCHEMA.size());
        later.add(values.clone(), true, DAY, 0);
        values[LaterBuild.SCHEMA.position(LaterBuild.HOUSEHOLD_SIZE)] = Float.NaN;
        var people = People.of(later.add(values, true, DAY, 1).build());

        assertThat(people.count()).isEqualTo(1);
        assertThat(people.removedFrom(rows(30, 40)).size()).isEqualTo(1);
    }

    @Test
    void rowsWithoutOneOfTheFeaturesAreRefused() {
        var nine = FeatureSchema.of(FeatureSchema.CONTRACT.features().subList(0, 9));

        assertThatThrownBy(() -> People.of(rows(30)).removedFrom(rows(30).only(nine)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    private static Integer[] boxed(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }

    private static LabelledRows rows(float... ages) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < ages.length; row++) {
            rows.add(values(ages[row]), false, DAY, row);
        }
        return rows.build();
    }

    private static float[] values(float age) {
        return new float[] {1, 2, 3, age, 5, 6, 7, 8, 9, 10};
    }
}
