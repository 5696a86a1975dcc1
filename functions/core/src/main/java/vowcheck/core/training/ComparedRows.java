package vowcheck.core.training;

import vowcheck.core.features.Feature;

/// The labelled rows that two models are compared on: for each row its label, its person and its range of ages.
/// Immutable.
final class ComparedRows {

    /// The fewest positives of a range of ages that count in a gap between ranges.
    static final int LEAST_POSITIVES_OF_AGES = 50;

    private final boolean[] divorced;
    private final int[] person;
    private final int people;
    private final byte[] ages;
    private final int[] rowsOfAges = new int[AgeRange.values().length];
    private final int[] positivesOfAges = new int[AgeRange.values().length];

    /// The arrays are parallel, and the caller does not change them any more.
    ///
    /// @param person of each row, from 0 to `people - 1`
    /// @param ages the [AgeRange] of each row by its position
    ComparedRows(boolean[] divorced, int[] person, int people, byte[] ages) {
        this.divorced = divorced;
        this.person = person;
        this.people = people;
        this.ages = ages;
        for (int row = 0; row < divorced.length; row++) {
            rowsOfAges[ages[row]]++;
            positivesOfAges[ages[row]] += divorced[row] ? 1 : 0;
        }
    }

    static ComparedRows of(LabelledRows rows) {
        var people = People.of(rows);
        var person = new int[rows.size()];
        var ages = new byte[rows.size()];
        for (int row = 0; row < person.length; row++) {
            person[row] = people.person(row);
            ages[row] = (byte) AgeRange.of(rows.value(row, Feature.AGE_DAYS)).position();
        }
        return new ComparedRows(rows.labels(), person, people.count(), ages);
    }

    int size() {
        return divorced.length;
    }

    int people() {
        return people;
    }

    boolean divorced(int row) {
        return divorced[row];
    }

    int person(int row) {
        return person[row];
    }

    int ages(int row) {
        return ages[row];
    }

    /// How many rows there are of the range of ages at a position.
    int ofAges(int position) {
        return rowsOfAges[position];
    }

    int rows(AgeRange range) {
        return rowsOfAges[range.position()];
    }

    int positives(AgeRange range) {
        return positivesOfAges[range.position()];
    }

    /// Whether a range has enough positives to count in a gap between ranges.
    boolean counts(AgeRange range) {
        return positives(range) >= LEAST_POSITIVES_OF_AGES;
    }
}
