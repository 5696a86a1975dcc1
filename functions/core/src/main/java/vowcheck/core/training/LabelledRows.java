package vowcheck.core.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;

/// Applicants whose outcome is known, column by column: 53 bytes a row with ten features. A value may be NaN,
/// which means missing. Parts of the rows, and the rows with fewer features, share the columns; rows that were
/// selected take 4 bytes more each. Immutable and thread-safe.
public final class LabelledRows {

    private final FeatureSchema schema;
    private final float[][] columns;
    private final boolean[] divorced;
    private final int[] epochDays;
    private final long[] indices;

    /// The places in the columns of rows that were selected; null where they are in the order of the columns.
    private final int @Nullable [] selected;

    /// The first of the rows among the selected ones, or in the columns.
    private final int from;

    private final int size;

    private LabelledRows(
            FeatureSchema schema,
            float[][] columns,
            boolean[] divorced,
            int[] epochDays,
            long[] indices,
            int @Nullable [] selected,
            int from,
            int size) {
        this.schema = schema;
        this.columns = columns;
        this.divorced = divorced;
        this.epochDays = epochDays;
        this.indices = indices;
        this.selected = selected;
        this.from = from;
        this.size = size;
    }

    /// A builder without rows.
    ///
    /// @param schema the features of the rows, in the order of their values
    public static Builder builder(FeatureSchema schema) {
        return builder(schema, 1024);
    }

    /// A builder without rows that needs no more memory than the rows, if there are as many as expected.
    ///
    /// @param schema the features of the rows, in the order of their values
    /// @param expected how many rows will be added, at least 0
    public static Builder builder(FeatureSchema schema, int expected) {
        return new Builder(schema, expected);
    }

    /// The features of the rows.
    public FeatureSchema schema() {
        return schema;
    }

    /// The same rows with only those features, in that order.
    public LabelledRows only(FeatureSchema features) {
        return features.equals(schema)
                ? this
                : new LabelledRows(
                        features,
                        features.features().stream()
                                .map(feature -> columns[schema.position(feature)])
                                .toArray(float[][]::new),
                        divorced,
                        epochDays,
                        indices,
                        selected,
                        from,
                        size);
    }

    /// The features that at least one row has.
    public FeatureSchema present() {
        return schema.select(schema.features().stream()
                .filter(feature -> isPresent(columns[schema.position(feature)]))
                .map(Feature::fieldName)
                .toList());
    }

    private boolean isPresent(float[] column) {
        for (int row = 0; row < size; row++) {
            if (!Float.isNaN(column[place(row)])) {
                return true;
            }
        }
        return false;
    }

    /// How many rows there are, at least 0.
    public int size() {
        return size;
    }

    /// The value of one feature in a row from 0 to `size() - 1`.
    public float value(int row, Feature feature) {
        return columns[schema.position(feature)][place(row)];
    }

    /// A row's values in the order of the schema, in an array of the caller's own.
    public float[] values(int row) {
        int place = place(row);
        var values = new float[columns.length];
        for (int feature = 0; feature < values.length; feature++) {
            values[feature] = columns[feature][place];
        }
        return values;
    }

    /// One feature's values of all rows, in an array of the caller's own.
    public float[] column(Feature feature) {
        float[] column = columns[schema.position(feature)];
        if (selected == null) {
            return Arrays.copyOfRange(column, from, from + size);
        }
        var values = new float[size];
        for (int row = 0; row < size; row++) {
            values[row] = column[selected[from + row]];
        }
        return values;
    }

    /// Whether the row's applicant divorced within one month after the loan.
    public boolean divorced(int row) {
        return divorced[place(row)];
    }

    /// The labels of all rows, in an array of the caller's own.
    public boolean[] labels() {
        var labels = new boolean[size];
        for (int row = 0; row < size; row++) {
            labels[row] = divorced[place(row)];
        }
        return labels;
    }

    /// The day of the row's application.
    public LocalDate date(int row) {
        return LocalDate.ofEpochDay(epochDays[place(row)]);
    }

    /// The row's index in the table that it comes from.
    public long index(int row) {
        return indices[place(row)];
    }

    /// How many rows are labelled as divorced.
    public int positives() {
        int positives = 0;
        for (int row = 0; row < size; row++) {
            positives += divorced[place(row)] ? 1 : 0;
        }
        return positives;
    }

    /// Which rows these are; they must be in time order, and at least one.
    ///
    /// @param leftOut how many rows were left out because of faults
    public TrainedRows identity(int leftOut) {
        return new TrainedRows(size(), date(size() - 1), only(present()).digest(), leftOut);
    }

    private Sha256 digest() {
        var names = String.join(" ", schema.fieldNames()).getBytes(StandardCharsets.UTF_8);
        return Sha256.of(
                Stream.concat(Stream.of(names), IntStream.range(0, size()).mapToObj(this::bytes)));
    }

    private byte[] bytes(int row) {
        int place = place(row);
        var bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Byte.BYTES + Float.BYTES * columns.length)
                .putLong(indices[place])
                .putInt(epochDays[place])
                .put((byte) (divorced[place] ? 1 : 0));
        for (float[] column : columns) {
            bytes.putFloat(column[place]);
        }
        return bytes.array();
    }

    /// A hash of a row's features. Rows with equal features have the same.
    int featuresHash(int row) {
        int place = place(row);
        int hash = 1;
        for (float[] column : columns) {
            hash = 31 * hash + comparable(column[place]);
        }
        return hash;
    }

    /// Whether a row has the same features as a row of `others`, which have the same schema; a missing value
    /// equals a missing one.
    boolean hasFeaturesOf(int row, LabelledRows others, int otherRow) {
        int place = place(row);
        int otherPlace = others.place(otherRow);
        for (int feature = 0; feature < columns.length; feature++) {
            if (comparable(columns[feature][place]) != comparable(others.columns[feature][otherPlace])) {
                return false;
            }
        }
        return true;
    }

    /// The bits of a value; those of 0 for a negative 0, which splits in the same way.
    private static int comparable(float value) {
        return Float.floatToIntBits(value + 0f);
    }

    /// The rows at those positions, in that order, without a copy of their values.
    public LabelledRows select(int... rows) {
        var places = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            places[row] = place(rows[row]);
        }
        return new LabelledRows(schema, columns, divorced, epochDays, indices, places, 0, places.length);
    }

    /// The rows dated before a day, in time order: by date, then by index.
    public LabelledRows before(LocalDate cutoff) {
        return select(IntStream.range(0, size())
                .filter(row -> epochDays[place(row)] < cutoff.toEpochDay())
                .boxed()
                .sorted(this::compareTimes)
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /// Throws [IllegalArgumentException] unless the rows are in time order: by date, then by index.
    void requireTimeOrder() {
        for (int row = 1; row < size(); row++) {
            if (compareTimes(row - 1, row) > 0) {
                throw new IllegalArgumentException("row %d of %s follows a later one, expected rows in time order"
                        .formatted(index(row), date(row)));
            }
        }
    }

    private int compareTimes(int one, int other) {
        int days = Integer.compare(epochDays[place(one)], epochDays[place(other)]);
        return days == 0 ? Long.compare(index(one), index(other)) : days;
    }

    /// The rows from one position (inclusive) to another (exclusive), without a copy.
    public LabelledRows range(int first, int end) {
        Objects.checkFromToIndex(first, end, size);
        return new LabelledRows(schema, columns, divorced, epochDays, indices, selected, from + first, end - first);
    }

    /// Where a row is in the columns.
    private int place(int row) {
        int at = from + Objects.checkIndex(row, size);
        return selected == null ? at : selected[at];
    }

    /// Collects rows. Not thread-safe.
    public static final class Builder {

        private final FeatureSchema schema;
        private float[][] columns;
        private boolean[] divorced;
        private int[] epochDays;
        private long[] indices;
        private int size;

        private Builder(FeatureSchema schema, int capacity) {
            this.schema = schema;
            columns = new float[schema.size()][capacity];
            divorced = new boolean[capacity];
            epochDays = new int[capacity];
            indices = new long[capacity];
        }

        /// Adds a row: its values in the order of the schema, NaN where one is missing, its label, its day,
        /// and its index in the table that it comes from.
        public Builder add(float[] valuesByFeature, boolean divorced, LocalDate date, long index) {
            if (valuesByFeature.length != columns.length) {
                throw new IllegalArgumentException(
                        "%d values, expected %d".formatted(valuesByFeature.length, columns.length));
            }
            add(valuesByFeature, divorced, Math.toIntExact(date.toEpochDay()), index);
            return this;
        }

        private void add(float[] valuesByFeature, boolean label, int epochDay, long index) {
            if (size == divorced.length) {
                resize(Math.max(1024, size * 2));
            }
            for (int feature = 0; feature < columns.length; feature++) {
                columns[feature][size] = valuesByFeature[feature];
            }
            divorced[size] = label;
            epochDays[size] = epochDay;
            indices[size] = index;
            size++;
        }

        /// The rows so far. The builder is of no use after this.
        public LabelledRows build() {
            resize(size);
            return new LabelledRows(schema, columns, divorced, epochDays, indices, null, 0, size);
        }

        private void resize(int capacity) {
            if (capacity != divorced.length) {
                columns = Arrays.stream(columns)
                        .map(column -> Arrays.copyOf(column, capacity))
                        .toArray(float[][]::new);
                divorced = Arrays.copyOf(divorced, capacity);
                epochDays = Arrays.copyOf(epochDays, capacity);
                indices = Arrays.copyOf(indices, capacity);
            }
        }
    }
}
