package vowcheck.adapters.postgres;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads the binary format of PostgreSQL's `COPY`, tuple by tuple. Source: the documentation of PostgreSQL 18, COPY,
/// File Formats, Binary Format. The fields of a tuple are read in order, each by the method of its type. Throws
/// [IOException] where the stream is not what it says.
final class BinaryTuples {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int END = -1;
    private static final int NULL = -1;

    private final DataInputStream stream;
    private final int fields;

    /// @param fields how many each tuple has
    BinaryTuples(InputStream stream, int fields) throws IOException {
        this.stream = new DataInputStream(stream);
        this.fields = fields;
        if (!Arrays.equals(this.stream.readNBytes(SIGNATURE.length), SIGNATURE)) {
            throw new IOException("the signature of a binary COPY is missing");
        }
        require("flags", this.stream.readInt(), 0);
        this.stream.skipNBytes(this.stream.readInt());
    }

    /// Whether another tuple follows; its fields are read next.
    boolean next() throws IOException {
        int count = stream.readShort();
        if (count == END) {
            return false;
        }
        require("number of fields", count, fields);
        return true;
    }

    /// A `real`; NaN where it is NULL.
    float real() throws IOException {
        return isPresent(Float.BYTES) ? stream.readFloat() : Float.NaN;
    }

    /// A `boolean`; false where it is NULL.
    boolean bool() throws IOException {
        return isPresent(1) && stream.readByte() != 0;
    }

    /// An `integer` that is not NULL.
    int integer() throws IOException {
        require("length of a field", stream.readInt(), Integer.BYTES);
        return stream.readInt();
    }

    /// A `bigint` that is not NULL.
    long bigint() throws IOException {
        require("length of a field", stream.readInt(), Long.BYTES);
        return stream.readLong();
    }

    private boolean isPresent(int bytes) throws IOException {
        int length = stream.readInt();
        if (length == NULL) {
            return false;
        }
        require("length of a field", length, bytes);
        return true;
    }

    private static void require(String what, int read, int expected) throws IOException {
        if (read != expected) {
            throw new IOException("%s %d in a binary COPY, expected %d".formatted(what, read, expected));
        }
    }
}
