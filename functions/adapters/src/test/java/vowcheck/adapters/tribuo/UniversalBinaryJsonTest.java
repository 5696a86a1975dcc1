package vowcheck.adapters.tribuo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.UnusableModel;

class UniversalBinaryJsonTest {

    @Test
    void membersAreReadByName() {
        var root = new Place("", read("{i\u0001ai\u0005i\u0002bcSi\u0002hi}"));
        assertThat(root.member("a").whole()).isEqualTo(5);
        assertThat(root.member("bc").text()).isEqualTo("hi");
    }

    @Test
    void typedArraysOfNumbersAreRead() {
        assertThat(new Place("", read("[$d#i\u0001?\u0080\u0000\u0000"))
                        .element(0)
                        .decimal())
                .isEqualTo(1);
        assertThat(new Place("", read("[$l#i\u0001\u00ff\u00ff\u00ff\u00ff"))
                        .element(0)
                        .whole())
                .isEqualTo(-1);
        assertThat(new Place("", read("[$U#i\u0001\u00ff")).element(0).whole()).isEqualTo(255);
    }

    @Test
    void arraysOfAnythingAreReadWithAndWithoutALength() {
        assertThat(new Place("", read("[#i\u0002Ti\u0001")).size()).isEqualTo(2);
        assertThat(new Place("", read("[Z[]F]")).size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "S",
                "SL\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffx",
                "Si\u00ff",
                "[$L#l\u007f\u00ff\u00ff\u00ff\u0000",
                "[#l\u007f\u00ff\u00ff\u00ffZ",
                "[$Z#l\u007f\u00ff\u00ff\u00ff",
                "[$[#i\u0001",
                "[$d",
                "{i\u0001ai\u0001i\u0001ai\u0001}",
                "i\u0001i\u0001",
                "X",
                "Hi\u00011",
                "{i\u0001a}"
            })
    void whatIsMalformedIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnusableModel.class);
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(() -> read("[".repeat(1_000_000)))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("nested deeper than 32");
    }

    @Test
    void aMissingMemberIsNamedByItsPath() {
        var root = new Place("", read("{i\u0001a{}}"));
        assertThatThrownBy(() -> root.member("a").member("b"))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The booster has no a.b");
    }

    private static UbjValue read(String bytes) {
        return UniversalBinaryJson.read(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }
}
