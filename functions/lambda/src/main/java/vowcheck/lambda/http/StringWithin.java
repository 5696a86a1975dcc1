package vowcheck.lambda.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Reader;
import java.util.HexFormat;

/// The characters of one string of a JSON document, which are unescaped and decoded as they are read: the string never
/// stands in memory as a whole. The document must be valid, which is not checked here. Not thread-safe.
final class StringWithin extends Reader {

    private final byte[] json;
    private int next;

    /// Decoded characters for which a caller had no room yet.
    private String decoded = "";

    private int nextDecoded;

    /// @param json the document in UTF-8
    /// @param begin the index after the string's opening quote
    StringWithin(byte[] json, int begin) {
        this.json = json;
        this.next = begin;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        int end = offset + length;
        int free = offset;
        while (free < end) {
            if (nextDecoded < decoded.length()) {
                buffer[free++] = decoded.charAt(nextDecoded++);
                continue;
            }
            free = readAscii(buffer, free, end);
            if (free == end || json[next] == '"') {
                break;
            }
            if (json[next] == '\\') {
                buffer[free++] = unescaped();
            } else {
                decode();
            }
        }
        return free == offset && length > 0 ? -1 : free - offset;
    }

    /// Reads up to the next quote, backslash or byte of a longer character; most of a body is read here.
    private int readAscii(char[] buffer, int begin, int end) {
        byte[] bytes = json;
        int free = begin;
        int from = next;
        while (free < end) {
            byte read = bytes[from];
            if (read < 0 || read == '"' || read == '\\') {
                break;
            }
            buffer[free++] = (char) read;
            from++;
        }
        next = from;
        return free;
    }

    /// The character of the escape sequence that is next.
    private char unescaped() {
        byte kind = json[next + 1];
        next += 2;
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> (char) kind; // a quote, a slash or a backslash
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            code = code << 4 | HexFormat.fromHexDigit(json[next++]);
        }
        return (char) code;
    }

    /// Decodes the characters up to the next byte of ASCII.
    private void decode() {
        int begin = next;
        while (json[next] < 0) {
            next++;
        }
        decoded = new String(json, begin, next - begin, UTF_8);
        nextDecoded = 0;
    }

    @Override
    public void close() {
        // holds nothing that must be closed
    }
}
