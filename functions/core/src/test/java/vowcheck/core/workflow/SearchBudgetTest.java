package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchBudgetTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "1 minute", "15 minutes", "1 trial", "200 trials"})
    void itsTextIsReadAsItWasWritten(String text) {
        assertThat(SearchBudget.of(text).text()).isEqualTo(text);
    }

    @Test
    void theUnitSaysWhichItIs() {
        assertThat(SearchBudget.of("none")).isEqualTo(new SearchBudget.None());
        assertThat(SearchBudget.of("2 minutes")).isEqualTo(new SearchBudget.Minutes(2));
        assertThat(SearchBudget.of("2 trials")).isEqualTo(new SearchBudget.Trials(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "minutes", "-1 minutes", "1.5 minutes", "2 hours", "2  trials", "99999 trials"})
    void anotherTextIsRefusedWithWhatWasExpected(String text) {
        assertThatThrownBy(() -> SearchBudget.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s', expected none, 1 to 15 minutes or 1 to 200 trials".formatted(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0 minutes, '0 minutes, expected 1 to 15'",
        "16 minutes, '16 minutes, expected 1 to 15'",
        "0 trials, '0 trials, expected 1 to 200'",
        "201 trials, '201 trials, expected 1 to 200'"
    })
    void anotherNumberIsRefusedWithItsRange(String text, String sentence) {
        assertThatThrownBy(() -> SearchBudget.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
