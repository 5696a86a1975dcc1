package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.ModelFixtures;

class LoanIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "4711",
                "Loan_2025-06.0815",
                "..",
                "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789ABCDEF"
            })
    void oneTo64OfItsCharactersAreAnId(String text) {
        assertThat(new LoanId(text).value()).isEqualTo(text);
    }

    /// PostgreSQL accepts no NUL in a text.
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "of Ada", "a\0b", "4711\n", "a/b", "a:b", "Müller", "\ud800", "47,11"})
    void otherCharactersAreRefusedWithoutRepeatingThem(String text) {
        assertThat(LoanId.isId(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoanId(text))
                .withMessage("a loan id has 1 to 64 characters of A-Z, a-z, 0-9, ., _ and -, got %d characters"
                        .formatted(text.length()));
        assertThat(LoanId.isId("x".repeat(65))).isFalse();
    }

    @Test
    void noTextOfAnObjectRepeatsIt() {
        var submitted = new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId("loan-of-ada"));

        assertThat(new ScoredApplication(submitted, 0.5).toString())
                .contains("LoanId")
                .doesNotContain("ada");
    }
}
