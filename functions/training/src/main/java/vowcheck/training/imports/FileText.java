package vowcheck.training.imports;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/// The text of a file: UTF-8, also compressed with gzip. Bytes that are not UTF-8 become characters that no value
/// may have; in columns that are not needed, they do not matter.
final class FileText {

    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private FileText() {}

    /// A reader at the beginning of the text, which can be marked and reset within [FileFormat#BEGINNING].
    static BufferedReader of(InputStream file) throws IOException {
        var bytes = new BufferedInputStream(file, BUFFER);
        int first = peek(bytes, 0);
        int second = peek(bytes, 1);
        if (first == 0x1f && second == 0x8b) {
            return text(new GZIPInputStream(bytes, BUFFER));
        }
        if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
            throw new ImportRefused("the file is UTF-16, expected UTF-8");
        }
        return text(bytes);
    }

    private static int peek(BufferedInputStream bytes, int position) throws IOException {
        bytes.mark(position + 1);
        int found = -1;
        for (int read = 0; read <= position; read++) {
            found = bytes.read();
        }
        bytes.reset();
        return found;
    }

    private static BufferedReader text(InputStream bytes) throws IOException {
        var text = new BufferedReader(
                new InputStreamReader(
                        bytes,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                BUFFER);
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    /// The first characters, which are read again afterwards.
    static String beginning(Reader text) throws IOException {
        text.mark(FileFormat.BEGINNING);
        var beginning = new char[FileFormat.BEGINNING];
        int length = 0;
        int count = 0;
        while (length < beginning.length && count >= 0) {
            length += count;
            count = text.read(beginning, length, beginning.length - length);
        }
        text.reset();
        return new String(beginning, 0, length);
    }
}
