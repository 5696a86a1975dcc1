package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @TempDir
    Path folder;

    @Test
    void withoutArgumentsServingIsMeasured() {
        var options = Options.of(List.of());

        assertThat(options.parts()).containsExactly(BenchPart.SERVING);
        assertThat(options.effort()).isEqualTo(Effort.FULL);
        assertThat(options.former()).isEmpty();
        assertThat(options.java()).isEmpty();
    }

    @Test
    void severalPartsAreMeasuredInTheTimeOfAll() {
        var options = Options.of(List.of("micro", "cold"));

        assertThat(options.parts()).containsExactly(BenchPart.COLD, BenchPart.MICRO);
        assertThat(options.limit()).isEqualTo(BenchPart.COLD.limit().plus(BenchPart.MICRO.limit()));
    }

    @Test
    void tenMillionRowsTakeLonger() {
        var options = Options.of(List.of("training", "--large"));

        assertThat(options.large()).isTrue();
        assertThat(options.limit()).isGreaterThan(BenchPart.TRAINING.limit());
        assertThat(Options.of(List.of("training")).large()).isFalse();
    }

    @Test
    void aPartThatDoesNotExistIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("everything")))
                .withMessageContaining("serving, cold, micro, training")
                .withMessageContaining("'everything'");
    }

    @Test
    void allOptionsAreTaken() throws Exception {
        var former = Files.createFile(folder.resolve("former.json"));

        var options = Options.of(List.of("--quick", "--compare", former.toString(), "--java", "-Xmn64m -Xmx256m"));

        assertThat(options.effort()).isEqualTo(Effort.QUICK);
        assertThat(options.former()).contains(former);
        assertThat(options.java()).containsExactly("-Xmn64m", "-Xmx256m");
    }

    @Test
    void unknownOptionIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--fast")))
                .withMessageContaining("--fast");
    }

    @Test
    void formerRunThatIsNotThereIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of("--compare", "none.json")))
                .withMessageContaining("none.json");
    }
}
