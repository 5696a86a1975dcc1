package vowcheck.adapters.tribuo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.UnusableModel;

class UniversalBinaryJsonTest {

    @Test
    void membersAreReadByName() {
        var root = document("{i\u0001ai\u0005i\u0002bcSi\u0002hi}");
        assertThat(root.longInteger("a")).isEqualTo(5);
        assertThat(root.text("bc")).isEqualTo("hi");
    }

    @Test
    void typedArraysOfNumbersAreRead() {
        assertThat(read("[$d#i\u0001?\u0080\u0000\u0000")).isEqualTo(List.of(1.0));
        assertThat(read("[$l#i\u0001\u00ff\u00ff\u00ff\u00ff")).isEqualTo(List.of(-1L));
        assertThat(read("[$U#i\u0001\u00ff")).isEqualTo(List.of(255L));
    }

    @Test
    void arraysOfAnythingAreReadWithAndWithoutALength() {
        assertThat(read("[#i\u0002Ti\u0001")).isEqualTo(List.of(true, 1L));
        assertThat(read("[Z[]F]")).isEqualTo(Arrays.asList(null, List.of(), false));
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
        var root = document("{i\u0001a{}}");
        assertThatThrownBy(() -> root.document("a").text("b"))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The booster has no a.b");
    }

    private static JsonDocument document(String bytes) {
        return JsonDocument.of(read(bytes), new ModelFaults("booster"));
    }

    private static @Nullable Object read(String bytes) {
        return UniversalBinaryJson.read(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }
}
