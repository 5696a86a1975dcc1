package vowcheck.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.scoring.LoanId;

class ErasureReasonTest {

    @Test
    void spacesAroundAReasonAreNotPartOfIt() {
        assertThat(new ErasureReason("  case 17/2026 \n").text()).isEqualTo("case 17/2026");
        assertThat(new ErasureReason("x".repeat(500)).text()).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines", "a tab\there", "\u0000"})
    void aReasonIsOneLine(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErasureReason(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"L-1", "asks for l-1.", "loan (L-1), case 17", "L-1/2026"})
    void aReasonThatHasTheIdIsRefused(String text) {
        var loan = new ErasureSubject.OfLoan(new LoanId("L-1"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErasureOrder(loan, new ErasureReason(text), "ada"))
                .withMessageStartingWith("the reason has the id of what is erased");
    }

    @ParameterizedTest
    @ValueSource(strings = {"case 17/2026", "GL-17", "case L-12", "xL-1"})
    void anIdThatIsPartOfAnotherWordIsNone(String text) {
        var reason = new ErasureReason(text);

        assertThat(reason.about(new ErasureSubject.OfLoan(new LoanId("L-1")))).isEqualTo(reason);
        assertThat(reason.about(new ErasureSubject.OfLoan(new LoanId("7")))).isEqualTo(reason);
    }

    @Test
    void aReasonIsShort() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErasureReason("x".repeat(501)));
    }
}
