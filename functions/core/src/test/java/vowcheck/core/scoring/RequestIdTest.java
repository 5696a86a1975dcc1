package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @Test
    void generatedIdsAndKeysAreIds() {
        assertThat(RequestId.random(new Random(42)).isChosenByClient()).isFalse();
        assertThat(new RequestId("loan-4711_of-ADA").isChosenByClient()).isTrue();
        assertThat(new RequestId("x".repeat(50)).value()).hasSize(50);
    }

    /// PostgreSQL accepts no NUL in a text, and a header no line feed.
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\0b", "a\nb", "id\n", "a/b", "a%5Fb", "ä", "\ud800", "x\u007f"})
    void whatCannotStandInAPathAHeaderOrAColumnIsNoId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestId("x".repeat(51)));
    }
}
