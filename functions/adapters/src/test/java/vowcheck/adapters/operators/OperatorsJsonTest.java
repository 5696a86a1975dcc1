package vowcheck.adapters.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorsJsonTest {

    private final SecureRandom random = new SecureRandom();
    private final Operator ada = Operator.of("ada", OperatorRole.OPERATOR, "the first password", random);
    private final Operator alan = Operator.of("alan", OperatorRole.AUDITOR, "the second password", random);

    @Test
    void aPersonIsAddedToTheOthers() {
        var text = OperatorsJson.with(OperatorsJson.write(List.of(ada)), alan);

        assertThat(OperatorsJson.read(text).operators()).containsExactly(ada, alan);
    }

    @Test
    void aPersonTakesThePlaceOfTheirFormerEntry() {
        var changed = Operator.of("ada", OperatorRole.AUDITOR, "the third password", random);
        var text = OperatorsJson.with(OperatorsJson.write(List.of(ada, alan)), changed);

        assertThat(OperatorsJson.read(text).operators()).containsExactly(alan, changed);
    }

    @Test
    void aPersonIsRemoved() {
        var text = OperatorsJson.without(OperatorsJson.write(List.of(ada, alan)), "ada");

        assertThat(OperatorsJson.read(text).operators()).containsExactly(alan);
    }

    @Test
    void anEntryThatCannotBeReadIsKept() {
        var damaged = OperatorsJson.write(List.of(ada)).replace("\"operator\"", "\"none\"");
        var text = OperatorsJson.with(damaged, alan);

        assertThat(OperatorsJson.read(text).operators()).containsExactly(alan);
        assertThat(OperatorsJson.read(text).unreadable()).hasSize(1);
    }

    @Test
    void aTextThatIsNoListIsNotReplaced() {
        assertThatIllegalArgumentException().isThrownBy(() -> OperatorsJson.with("{}", ada));
    }
}
