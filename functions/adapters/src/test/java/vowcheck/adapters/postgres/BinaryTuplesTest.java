package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What PostgreSQL itself sends is read in PostgresLabelledRowsTest; here is what it would send only by mistake.
class BinaryTuplesTest {

    private static final byte[] ONE_ROW = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        -1,
        '\r',
        '\n',
        0, // signature
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0, // flags, length of the extension
        0,
        2, // two fields
        0,
        0,
        0,
        4,
        0x3f,
        (byte) 0x80,
        0,
        0, // 1.0
        -1,
        -1,
        -1,
        -1, // NULL
        -1,
        -1 // end
    };

    @Test
    void aTupleIsRead() throws IOException {
        var tuples = tuples(ONE_ROW, 2);
        assertThat(tuples.next()).isTrue();
        assertThat(tuples.real()).isEqualTo(1);
        assertThat(tuples.real()).isNaN();
        assertThat(tuples.next()).isFalse();
    }

    @Test
    void aStreamWithoutTheSignatureIsRefused() {
        assertThatThrownBy(() -> tuples(new byte[40], 2))
                .isInstanceOf(IOException.class)
                .hasMessage("the signature of a binary COPY is missing");
    }

    @Test
    void anotherNumberOfFieldsIsRefused() throws IOException {
        var tuples = tuples(ONE_ROW, 3);
        assertThatThrownBy(tuples::next)
                .isInstanceOf(IOException.class)
                .hasMessage("number of fields 2 in a binary COPY, expected 3");
    }

    @Test
    void aFieldOfAnotherTypeIsRefused() throws IOException {
        var wider = ByteBuffer.wrap(ONE_ROW.clone()).putInt(21, 8).array();
        var tuples = tuples(wider, 2);
        assertThat(tuples.next()).isTrue();
        assertThatThrownBy(tuples::real)
                .isInstanceOf(IOException.class)
                .hasMessage("length of a field 8 in a binary COPY, expected 4");
    }

    @Test
    void aStreamThatEndsEarlyIsRefused() throws IOException {
        var tuples = tuples(Arrays.copyOf(ONE_ROW, 27), 2);
        assertThat(tuples.next()).isTrue();
        assertThatThrownBy(tuples::real).isInstanceOf(EOFException.class);
    }

    private static BinaryTuples tuples(byte[] bytes, int fields) throws IOException {
        return new BinaryTuples(new ByteArrayInputStream(bytes), fields);
    }
}
