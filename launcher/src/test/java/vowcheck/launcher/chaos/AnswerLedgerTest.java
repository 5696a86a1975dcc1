package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerLedgerTest {

    private static final AnsweredRequest ANSWER = new AnsweredRequest("3", List.of(0.1, 0.2));

    private final AnswerLedger ledger = new AnswerLedger();

    @BeforeEach
    void answer() {
        ledger.record("a", ANSWER);
    }

    @Test
    void anAnswerWaitsUntilItIsFoundInTheLog() {
        ledger.record("b", new AnsweredRequest("3", List.of(0.3)));
        ledger.settle(Map.of("a", ANSWER));

        assertThat(ledger.unstored()).containsExactly("b");
        assertThat(ledger.all()).containsExactlyInAnyOrder("a", "b");
        assertThat(ledger.predictions()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatTheLogHasOtherwiseThanItWasAnsweredIsNoticed(AnsweredRequest other) {
        assertThatThrownBy(() -> ledger.settle(Map.of("a", other)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("request a was answered with");
        assertThat(ledger.unstored()).containsExactly("a");
    }

    static List<AnsweredRequest> others() {
        return List.of(
                new AnsweredRequest("4", List.of(0.1, 0.2)),
                new AnsweredRequest("3", List.of(0.1)),
                new AnsweredRequest("3", List.of(0.1, 0.1, 0.2)),
                new AnsweredRequest("3", List.of(0.1, 0.20000000000000004)));
    }

    @Test
    void aRepeatedRequestMustBeAnsweredAsBefore() {
        ledger.record("a", ANSWER);

        assertThatThrownBy(() -> ledger.record("a", new AnsweredRequest("4", List.of(0.1, 0.2))))
                .isInstanceOf(AssertionError.class);
    }
}
