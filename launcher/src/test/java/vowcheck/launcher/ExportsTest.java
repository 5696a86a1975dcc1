package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "it's", "a \"b\" $HOME `id` \\ *", "two\nlines", "ümlaut"})
    void aShellReadsEachValueAsItIs(String value) throws Exception {
        var commands = Printed.by(new Exports(List.of(), Map.of("PASSWORD", value))::print);

        var shell = new ProcessBuilder("bash", "-c", "eval \"$1\"; printf %s \"$PASSWORD\"", "bash", commands).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(value);
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void programsCallThisMachineWithoutAProxyHoweverOftenTheVariablesAreSet() {
        var variables = Exports.ofScript(Map.of(
                "AWS_REGION", "eu-central-1",
                "no_proxy", "127.0.0.1,localhost",
                "NO_PROXY", "127.0.0.1,localhost,127.0.0.1,localhost,.example.org"));

        assertThat(variables)
                .containsEntry("AWS_REGION", "eu-central-1")
                .containsEntry("no_proxy", "127.0.0.1,localhost")
                .containsEntry("NO_PROXY", "127.0.0.1,localhost,.example.org");
    }
}
