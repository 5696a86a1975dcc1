package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellExampleTest {

    private static final String DOCUMENT = """
            # A page

                not in the part

            ## Examples

                a=1
                b=2

            Text.

                first \\
                  --option
                # {"x":1,
                #  "y":"…"}
                second
                # 2

            ### Deeper

                third

            ## Another part

                not in the part
            """;

    @Test
    void aPartsCommandsComeWithTheirAnswers() {
        assertThat(ShellExample.in(DOCUMENT, "## Examples"))
                .containsExactly(
                        new ShellExample(7, "a=1\nb=2", ""),
                        new ShellExample(12, "first \\\n  --option", "{\"x\":1,\"y\":\"…\"}"),
                        new ShellExample(16, "second", "2"),
                        new ShellExample(21, "third", ""));
    }

    @Test
    void aPartMayEndWithTheDocument() {
        assertThat(ShellExample.in("# Page\n\n    last\n    # answer", "# Page"))
                .containsExactly(new ShellExample(3, "last", "answer"));
    }

    @Test
    void anUnknownPartIsNamed() {
        assertThatThrownBy(() -> ShellExample.in(DOCUMENT, "## Exmaples")).hasMessageContaining("'## Exmaples'");
    }

    @Test
    void onlyWhatIsMarkedMayVary() {
        var example = new ShellExample(1, "command", "{\"x\":1,\"y\":\"…\"}");

        assertThat(example.isAnsweredBy("{\"x\":1,\"y\":\"2026\"}\n")).isTrue();
        assertThat(example.isAnsweredBy("{\"x\":1,\n \"y\":\"\"}")).isTrue();
        assertThat(example.isAnsweredBy("{\"x\":2,\"y\":\"2026\"}")).isFalse();
        assertThat(example.isAnsweredBy("{\"x\":1,\"y\":\"2026\",\"z\":3}")).isFalse();
        assertThat(example.isAnsweredBy("")).isFalse();
    }

    @Test
    void aCommandWithoutAnAnswerPrintsNothing() {
        assertThat(new ShellExample(1, "a=1", "").isAnsweredBy("")).isTrue();
        assertThat(new ShellExample(1, "a=1", "").isAnsweredBy("error")).isFalse();
    }
}
