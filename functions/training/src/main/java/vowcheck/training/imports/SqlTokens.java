package vowcheck.training.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a script of SQL token by token, and the lines of a COPY between its statements. Memory holds one token, of
/// which no more than [#MOST_CHARACTERS] are kept: nothing that is looked for is longer. Not thread-safe.
final class SqlTokens {

    static final int MOST_CHARACTERS = 1000;

    private static final int END = -1;

    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int limit;
    private long line = 1;
    private long tokenLine = 1;
    private boolean backslashEscapes;
    private int begun;
    private int complete;

    /// What a token is.
    enum Kind {
        /// A word outside of quotes, such as a keyword.
        WORD,
        /// A quoted name.
        NAME,
        /// A string without its quotes and escapes.
        STRING,
        /// A number without a sign.
        NUMBER,
        /// One other character.
        SYMBOL,
        /// There are no more tokens.
        END
    }

    SqlTokens(Reader reader) {
        this.reader = reader;
    }

    /// Whether strings have backslashes for escapes, as those of old servers do.
    void backslashEscapes(boolean have) {
        backslashEscapes = have;
    }

    /// The line that the last token began in.
    long line() {
        return tokenLine;
    }

    /// The last token.
    String text() {
        return text.toString();
    }

    /// Whether the last token begins with a character.
    boolean isSymbol(char symbol) {
        return !text.isEmpty() && text.charAt(0) == symbol;
    }

    /// Whether pg_dump has begun a dump whose end did not follow.
    boolean isCutOff() {
        return begun > complete;
    }

    Kind next() throws IOException {
        skipBlank();
        text.setLength(0);
        tokenLine = line;
        int c = read();
        if (c == END) {
            return Kind.END;
        }
        if (c == '\'') {
            string(backslashEscapes);
            return Kind.STRING;
        }
        if (c == '"') {
            quoted('"');
            return Kind.NAME;
        }
        if (c == '$' && !Character.isDigit(peek())) {
            dollarQuoted();
            return Kind.STRING;
        }
        if (Character.isDigit(c) || (c == '.' && Character.isDigit(peek()))) {
            number(c);
            return Kind.NUMBER;
        }
        if (Character.isLetter(c) || c == '_') {
            return word(c);
        }
        keep(c);
        return Kind.SYMBOL;
    }

    private Kind word(int first) throws IOException {
        keep(first);
        if ((first == 'E' || first == 'e') && peek() == '\'') {
            read();
            text.setLength(0);
            string(true);
            return Kind.STRING;
        }
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '$') {
            keep(read());
        }
        return Kind.WORD;
    }

    private void number(int first) throws IOException {
        keep(first);
        int former = first;
        while (Character.isLetterOrDigit(peek())
                || peek() == '.'
                || ((peek() == '+' || peek() == '-') && (former == 'e' || former == 'E'))) {
            former = read();
            keep(former);
        }
    }

    private void quoted(char quote) throws IOException {
        for (int c = read(); c != END; c = read()) {
            if (c == quote) {
                if (peek() != quote) {
                    return;
                }
                read();
            }
            keep(c);
        }
        throw cutOff("a quote is not closed");
    }

    private void string(boolean escapes) throws IOException {
        for (int c = read(); c != END; c = read()) {
            if (c == '\'') {
                if (peek() != '\'') {
                    return;
                }
                read();
                keep(c);
            } else if (c == '\\' && escapes) {
                keep(unescaped());
            } else {
                keep(c);
            }
        }
        throw cutOff("a string is not closed");
    }

    private void dollarQuoted() throws IOException {
        var tag = new StringBuilder("$");
        for (int c = read(); c != '$'; c = read()) {
            if (c == END || tag.length() > 64) {
                throw cutOff("a dollar quote is not closed");
            }
            tag.append((char) c);
        }
        tag.append('$');
        var last = new StringBuilder();
        while (!last.toString().contentEquals(tag)) {
            int c = read();
            if (c == END) {
                throw cutOff("a dollar quote is not closed");
            }
            last.append((char) c);
            if (last.length() > tag.length()) {
                last.deleteCharAt(0);
            }
        }
    }

    /// What follows a backslash, in a string or in a COPY.
    private int unescaped() throws IOException {
        int c = read();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> coded(16, 2, 0, c);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> coded(8, 2, Character.digit(c, 8), c);
            case END -> throw cutOff("an escape is not complete");
            default -> c;
        };
    }

    private int coded(int radix, int digits, int value, int without) throws IOException {
        int code = value;
        int found = 0;
        while (found < digits && Character.digit(peek(), radix) >= 0) {
            code = code * radix + Character.digit(read(), radix);
            found++;
        }
        return found == 0 && radix == 16 ? without : code & 0xff;
    }

    private void skipBlank() throws IOException {
        while (true) {
            int c = peek();
            if (c == '-' && peekSecond() == '-') {
                comment();
            } else if (c == '/' && peekSecond() == '*') {
                blockComment();
            } else if (c != END && (Character.isWhitespace(c) || c == '\ufeff')) {
                read();
            } else {
                return;
            }
        }
    }

    /// pg_dump says in comments where a dump begins and where it is complete.
    private void comment() throws IOException {
        text.setLength(0);
        while (peek() != END && peek() != '\n') {
            keep(read());
        }
        switch (text().strip()) {
            case "-- PostgreSQL database dump" -> begun++;
            case "-- PostgreSQL database dump complete" -> complete++;
            default -> {}
        }
    }

    private void blockComment() throws IOException {
        int depth = 0;
        do {
            int c = read();
            if (c == END) {
                throw cutOff("a comment is not closed");
            } else if (c == '/' && peek() == '*') {
                read();
                depth++;
            } else if (c == '*' && peek() == '/') {
                read();
                depth--;
            }
        } while (depth > 0);
    }

    /// Skips the rest of the line.
    void skipLine() throws IOException {
        for (int c = read(); c != END && c != '\n'; c = read()) {
            // nothing of it is needed
        }
    }

    /// Takes one row of a COPY: its values, with null for `\N`, to `values`.
    ///
    /// @return whether there was one; the end of the rows is read, too
    boolean copyRow(List<@Nullable String> values) throws IOException {
        values.clear();
        tokenLine = line;
        text.setLength(0);
        boolean isNull = false;
        boolean any = false;
        for (int c = read(); ; c = read()) {
            switch (c) {
                case END -> throw cutOff("the rows of a COPY do not end");
                case '\n' -> {
                    strip('\r');
                    values.add(isNull ? null : text());
                    return true;
                }
                case '\t' -> {
                    values.add(isNull ? null : text());
                    text.setLength(0);
                    isNull = false;
                    any = false;
                }
                case '\\' -> {
                    if (values.isEmpty() && !any && peek() == '.') {
                        skipLine();
                        return false;
                    }
                    if (!any && peek() == 'N') {
                        read();
                        isNull = peek() == '\t' || peek() == '\n' || peek() == '\r';
                        if (!isNull) {
                            keep('N');
                        }
                    } else {
                        keep(unescaped());
                    }
                    any = true;
                }
                default -> {
                    keep(c);
                    any = true;
                }
            }
        }
    }

    /// Skips the rows of a COPY, and their end.
    void skipCopyRows() throws IOException {
        while (true) {
            int first = peek();
            if (first == END) {
                throw cutOff("the rows of a COPY do not end");
            }
            boolean last = first == '\\' && peekSecond() == '.';
            skipLine();
            if (last) {
                return;
            }
        }
    }

    private void strip(char character) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) == character) {
            text.setLength(text.length() - 1);
        }
    }

    private ImportRefused cutOff(String what) {
        return new ImportRefused("line %d: %s: the file is not complete".formatted(tokenLine, what));
    }

    private void keep(int c) {
        if (text.length() < MOST_CHARACTERS) {
            text.append((char) c);
        }
    }

    private int read() throws IOException {
        int c = peek();
        if (c != END) {
            at++;
            if (c == '\n') {
                line++;
            }
        }
        return c;
    }

    int peek() throws IOException {
        return at < limit || fill(1) ? buffer[at] : END;
    }

    private int peekSecond() throws IOException {
        return at + 1 < limit || fill(2) ? buffer[at + 1] : END;
    }

    /// Makes so many characters available, if there are so many.
    private boolean fill(int characters) throws IOException {
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < characters) {
            int count = reader.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return true;
    }
}
