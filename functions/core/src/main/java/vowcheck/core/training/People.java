package vowcheck.core.training;

import java.util.Arrays;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// The people of some rows. The table does not name them, so rows that are equal in the contract's ten
/// features count as the same person's, and are called twins. A model that was fitted on a twin of a row has
/// seen its answer: people apply again, and mostly with their former label. Immutable and thread-safe; it
/// takes time and memory in proportion to the rows.
public final class People {

    private final LabelledRows rows;
    private final int[] personOfRow;
    private final int[] firstRowOfPerson;

    /// A hash table of people with open addressing; 0 is free, otherwise a person's number plus 1.
    private final int[] table;

    private People(LabelledRows labelled) {
        rows = compared(labelled);
        personOfRow = new int[rows.size()];
        table = new int[Integer.highestOneBit(Math.max(8, rows.size())) << 2];
        var first = new int[rows.size()];
        int people = 0;
        for (int row = 0; row < rows.size(); row++) {
            int slot = slot(rows, row, first);
            if (table[slot] == 0) {
                first[people] = row;
                people++;
                table[slot] = people;
            }
            personOfRow[row] = table[slot] - 1;
        }
        firstRowOfPerson = Arrays.copyOf(first, people);
    }

    /// The people of those rows.
    public static People of(LabelledRows rows) {
        return new People(rows);
    }

    /// How many people there are, at most as many as rows.
    public int count() {
        return firstRowOfPerson.length;
    }

    /// The person of a row: a number from 0 to `count() - 1`, in the order of the first rows.
    public int person(int row) {
        return personOfRow[row];
    }

    /// The other rows without those of these people, in their order. Before a model is measured on rows, it
    /// is fitted on `People.of(measured).removedFrom(fitted)`.
    public LabelledRows removedFrom(LabelledRows others) {
        var compared = compared(others);
        if (!compared.schema().equals(rows.schema())) {
            throw new IllegalArgumentException(
                    "rows with the features %s, expected %s".formatted(compared.schema(), rows.schema()));
        }
        var kept = new int[others.size()];
        int size = 0;
        for (int row = 0; row < kept.length; row++) {
            if (table[slot(compared, row, firstRowOfPerson)] == 0) {
                kept[size] = row;
                size++;
            }
        }
        return others.select(Arrays.copyOf(kept, size));
    }

    /// A later build may know more features; a person who applied before has none of them, and is the same.
    private static LabelledRows compared(LabelledRows rows) {
        return rows.only(rows.schema()
                .select(FeatureSchema.CONTRACT.features().stream()
                        .filter(rows.schema()::contains)
                        .map(Feature::fieldName)
                        .toList()));
    }

    /// The slot of a row's person, or the free one where this person would be.
    private int slot(LabelledRows others, int row, int[] firstRows) {
        int mask = table.length - 1;
        int hash = others.featuresHash(row);
        // Most values are whole numbers below 2^17, whose last bits as float32 are 0: without mixing, rows would
        // collide.
        int slot = (((hash * 0x9E3779B9) >>> 12) ^ hash) & mask;
        while (table[slot] != 0 && !others.hasFeaturesOf(row, rows, firstRows[table[slot] - 1])) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
