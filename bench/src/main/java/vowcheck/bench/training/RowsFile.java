package vowcheck.bench.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;

/// Labelled rows in a file, so that every measured JVM trains on the same ones without making them. A row is its
/// values, its label, its day and its index.
public final class RowsFile {

    private static final FeatureSchema SCHEMA = FeatureSchema.CONTRACT;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;

    public RowsFile(Path file) {
        this.file = file;
    }

    /// Opens the file to write rows from its beginning.
    public Writer write() throws IOException {
        return new Writer(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)));
    }

    /// The first rows in columns, as the trainer takes them.
    public LabelledRows columns(int rows) throws IOException {
        var read = LabelledRows.builder(SCHEMA, rows);
        var values = new float[SCHEMA.size()];
        try (var stream = open()) {
            for (int row = 0; row < rows; row++) {
                for (int feature = 0; feature < values.length; feature++) {
                    values[feature] = stream.readFloat();
                }
                read.add(values, stream.readBoolean(), LocalDate.ofEpochDay(stream.readInt()), stream.readLong());
            }
        }
        return read.build();
    }

    /// The first rows in a matrix, row by row.
    Matrix matrix(int rows) throws IOException {
        var values = new float[rows * SCHEMA.size()];
        var labels = new float[rows];
        int place = 0;
        try (var stream = open()) {
            for (int row = 0; row < rows; row++) {
                for (int feature = 0; feature < SCHEMA.size(); feature++) {
                    values[place++] = stream.readFloat();
                }
                labels[row] = stream.readBoolean() ? 1 : 0;
                stream.readInt();
                stream.readLong();
            }
        }
        return new Matrix(values, labels);
    }

    private DataInputStream open() throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    /// A matrix of primitive values, and the labels of its rows.
    static final class Matrix {

        final float[] values;
        final float[] labels;

        private Matrix(float[] values, float[] labels) {
            this.values = values;
            this.labels = labels;
        }

        int features() {
            return SCHEMA.size();
        }
    }

    /// Writes rows one after another.
    public static final class Writer implements AutoCloseable {

        private final DataOutputStream stream;

        private Writer(DataOutputStream stream) {
            this.stream = stream;
        }

        /// Appends a row under another index.
        public void add(LabelledRows rows, int row, long index) throws IOException {
            for (float value : rows.values(row)) {
                stream.writeFloat(value);
            }
            stream.writeBoolean(rows.divorced(row));
            stream.writeInt(Math.toIntExact(rows.date(row).toEpochDay()));
            stream.writeLong(index);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
