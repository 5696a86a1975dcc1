package vowcheck.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bash reads the printed script, and is asked what it would offer at the end of a line.
class CompletionCommandTest {

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void printTheScript() throws Exception {
        script = folder.resolve("completion");
        Files.writeString(script, Usage.printed("completion", "bash"));
        Files.writeString(folder.resolve("request.json"), "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "./vowcheck re            | retrain replay redeploy",
                "./vowcheck b             | bench",
                "./vowcheck up --         | --quick --help",
                "./vowcheck test --       | --all --help",
                "./vowcheck logs --f      | --follow",
                "./vowcheck bench c       | cold",
                "./vowcheck completion z  | zsh",
                "./vowcheck predict req   | request.json",
            })
    void bashOffersCommandsOptionsAndFiles(String line, String offered) throws Exception {
        assertThat(offered(line.split(" +", -1))).containsExactlyInAnyOrder(offered.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vowcheck", "./vowcheck"})
    void theScriptIsBoundToTheProgramByItsName(String program) throws Exception {
        assertThat(bash("source %s; complete -p ${1##*/}".formatted(script), program))
                .contains("-F _complete_vowcheck", "vowcheck");
    }

    @Test
    void zshReadsTheSameScript() {
        assertThat(Usage.printed("completion", "zsh"))
                .isEqualTo(Usage.printed("completion", "bash"))
                .contains("bashcompinit");
    }

    private List<String> offered(String... words) throws Exception {
        var completed = bash("""
                source %s; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                COMPREPLY=(); _complete_vowcheck 2>/dev/null; printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(script), words);
        return completed
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private String bash(String commands, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash", "-c", commands, "bash"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
