package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import vowcheck.launcher.TextTable.Cell;

class StyleTest {

    private static final Map<String, String> TERMINAL = Map.of("VOWCHECK_TERMINAL", "1", "TERM", "xterm");

    @Test
    void onlyATerminalGetsColours() {
        assertThat(Style.of(TERMINAL).good("healthy")).isEqualTo("\u001b[32mhealthy\u001b[0m");
        assertThat(Style.of(Map.of("TERM", "xterm")).good("healthy")).isEqualTo("healthy");
    }

    @Test
    void aTerminalWithoutColoursOrAUserWhoWantsNoneGetsPlainText() {
        assertThat(Style.of(Map.of("VOWCHECK_TERMINAL", "1", "TERM", "dumb")).colours())
                .isFalse();
        assertThat(Style.of(Map.of("VOWCHECK_TERMINAL", "1")).colours()).isFalse();
        assertThat(Style.of(Map.of("VOWCHECK_TERMINAL", "1", "TERM", "xterm", "NO_COLOR", "1"))
                        .colours())
                .isFalse();
        assertThat(Style.of(Map.of("VOWCHECK_TERMINAL", "1", "TERM", "xterm", "NO_COLOR", ""))
                        .colours())
                .isTrue();
    }

    @Test
    void coloursDoNotMoveTheColumns() {
        var style = new Style(true);
        var table = new TextTable(style, "feature", "verdict", "PSI")
                .row(new Cell("Age_Days", style::bad), new Cell("drifted", style::bad), Cell.plain("0.06"))
                .row("ID", "", "0.01");

        var lines = Printed.by(table::print).replaceAll("\u001b\\[\\d+m", "").lines();

        assertThat(lines)
                .containsExactly("feature   verdict  PSI", "Age_Days  drifted  0.06", "ID                 0.01");
    }
}
