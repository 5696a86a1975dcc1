package vowcheck.core.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de                       | GERMAN",
                "de-AT                    | GERMAN",
                "DE-ch,en;q=0.5           | GERMAN",
                "en;q=0.5,de;q=0.9        | GERMAN",
                "fr,de;q=0.1              | GERMAN",
                "en-GB,de;q=0.9           | ENGLISH",
                "fr                       | ENGLISH",
                "*                        | ENGLISH",
                "de;q=0                   | ENGLISH",
                "de;q=0,en;q=0.1          | ENGLISH",
            })
    void thePreferredLanguageIsChosen(String header, Language expected) {
        assertThat(Language.accepted(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "';'", "'de;q=2'", "'de;q=x'", "'deutsch bitte'", "'ü'", "'-'"})
    void aMalformedHeaderGetsEnglish(String header) {
        assertThat(Language.accepted(header)).isEqualTo(Language.ENGLISH);
    }
}
