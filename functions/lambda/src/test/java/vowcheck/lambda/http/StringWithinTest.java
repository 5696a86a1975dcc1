package vowcheck.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class StringWithinTest {

    private static final List<String> PIECES = List.of(
            "a",
            "{",
            "12.5",
            " ",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b",
            "\\f",
            "\\n",
            "\\r",
            "\\t",
            "\\u0000",
            "\\u00e4",
            "\\uD83D\\uDC8D",
            "\\ud800",
            "ä",
            "€",
            "💍",
            "äö€💍",
            "\u007f");

    /// Jackson's own reading of the same document is the reference. Pieces of one to four bytes fall on every place of
    /// the caller's buffer.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4000})
    void aStringIsReadAsJacksonReadsIt(int room) throws IOException {
        var random = new Random(room);
        for (int time = 0; time < 200; time++) {
            var escaped = new StringBuilder();
            IntStream.range(0, random.nextInt(40))
                    .forEach(_ -> escaped.append(PIECES.get(random.nextInt(PIECES.size()))));

            assertThat(read("[\"" + escaped + "\", \"next\"]", room)).isEqualTo(byJackson("\"" + escaped + '"'));
        }
    }

    @Test
    void anEmptyStringEndsAtOnce() throws IOException {
        assertThat(read("[\"\"]", 10)).isEmpty();
    }

    @Test
    void noRoomIsNoEnd() {
        var string = new StringWithin("[\"x\"]".getBytes(StandardCharsets.UTF_8), 2);

        assertThat(string.read(new char[0], 0, 0)).isZero();
        assertThat(string.read(new char[3], 1, 2)).isEqualTo(1);
        assertThat(string.read(new char[3], 1, 2)).isEqualTo(-1);
    }

    private static String read(String json, int room) throws IOException {
        var text = new StringBuilder();
        try (var string = new StringWithin(json.getBytes(StandardCharsets.UTF_8), 2)) {
            var buffer = new char[room + 1];
            for (int read = string.read(buffer, 1, room); read >= 0; read = string.read(buffer, 1, room)) {
                text.append(buffer, 1, read);
            }
        }
        return text.toString();
    }

    private static String byJackson(String json) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return parser.getString();
        }
    }
}
