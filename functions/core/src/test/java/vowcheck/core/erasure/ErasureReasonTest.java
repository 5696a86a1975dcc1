package vowcheck.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aReasonIsShort() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErasureReason("x".repeat(501)));
    }
}
