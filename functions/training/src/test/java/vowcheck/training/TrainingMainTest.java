package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingRequest;

class TrainingMainTest {

    private static final Map<String, String> TOLD = Map.of(
            "TRAINING_CUTOFF", "2025-05-01",
            "TRAINING_REASON", "manual",
            "TRAINING_OPPONENT", "PRODUCTION",
            "TRAINING_SEARCH", "12 trials",
            "TRAINING_AUTHOR", "ada",
            "TRAINING_REPLAY", "one");
    private static final Execution EXECUTION = new Execution("one");

    @Test
    void theRequestIsWhatTheWorkflowHasTold() {
        assertThat(TrainingMain.request(settings(TOLD), EXECUTION))
                .isEqualTo(new TrainingRequest(
                        LocalDate.of(2025, 5, 1),
                        "manual",
                        TrainingRequest.Opponent.PRODUCTION,
                        new SearchBudget.Trials(12),
                        "ada",
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "TRAINING_CUTOFF, May, 'TRAINING_CUTOFF is ''May'', expected a date such as 2025-05-01'",
        "TRAINING_OPPONENT, ALL, 'TRAINING_OPPONENT is ''ALL'', expected one of [PRODUCTION, NONE]'",
        "TRAINING_SEARCH, 2h, 'TRAINING_SEARCH is ''2h'', expected none, 1 to 15 minutes or 1 to 200 trials'",
        "TRAINING_SEARCH, 16 minutes, 'TRAINING_SEARCH is 16 minutes, expected 1 to 15'"
    })
    void aMalformedSettingIsNamedWithItsValueAndWhatWasExpected(String setting, String value, String sentence) {
        var told = new HashMap<>(TOLD);
        told.put(setting, value);

        assertThatThrownBy(() -> TrainingMain.request(settings(told), EXECUTION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(sentence);
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(
                Set.of(
                        Setting.TRAINING_CUTOFF,
                        Setting.TRAINING_REASON,
                        Setting.TRAINING_OPPONENT,
                        Setting.TRAINING_SEARCH,
                        Setting.TRAINING_AUTHOR,
                        Setting.TRAINING_REPLAY),
                environment);
    }
}
