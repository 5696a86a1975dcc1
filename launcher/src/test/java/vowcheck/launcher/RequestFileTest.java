package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.launcher.setup.CommandFailed;

class RequestFileTest {

    private static final Path EVENTS = Path.of("..", "events");

    @TempDir
    private Path folder;

    @Test
    void anApplicationAndABatchGoToTheirPaths() throws IOException {
        assertThat(RequestFile.read("a", EVENTS.resolve("request_1.json")).path())
                .isEqualTo("/predict");
        assertThat(RequestFile.read("a", EVENTS.resolve("request_drift.json")).path())
                .isEqualTo("/batch_predict");
    }

    @Test
    void anInputIsSentAsItIs() throws IOException {
        var text = "{\"Age_Days\": \"ä\"}\n";

        var request = RequestFile.read("the standard input", input(text));

        assertThat(request.body()).isEqualTo(text);
        assertThat(request.batch()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "# vowcheck          | line 1, column 1: Unexpected character ('#' (code 35))",
                "{¶ \"a\": 1,¶ b}     | line 3, column 2: ",
                "{\"a\": 1            | line 1, column ",
            })
    void whatIsNotJsonIsNamedWithItsPlace(String text, String place) {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("README.md", input(text.replace("¶", "\n"))))
                .withMessageStartingWith("README.md is not JSON: " + place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2]   | a.json is not one JSON object, expected one application or a batch",
                "null     | a.json is not one JSON object, expected one application or a batch",
                "{} {}    | a.json is not one JSON object, expected one application or a batch",
                "'  '     | 'a.json is empty, expected one application or a batch'",
            })
    void otherJsonIsNamedWithWhatWasExpected(String text, String sentence) {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("a.json", input(text)))
                .withMessageStartingWith(sentence);
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("none.json", folder.resolve("none.json")))
                .withMessage("there is no file none.json");
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("docs", folder))
                .withMessage("docs is a directory, expected a JSON file");
        var latin = Files.write(folder.resolve("latin.json"), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("latin.json", latin))
                .withMessageStartingWith("latin.json is not text in UTF-8, expected one application");
    }

    @Test
    void aFileThatTheApiDoesNotAcceptIsNotSent() {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> RequestFile.read("big.json", input(" ".repeat(6_000_001))))
                .withMessage("big.json has more than 6,000,000 bytes, which the API does not accept");
    }

    private static ByteArrayInputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
