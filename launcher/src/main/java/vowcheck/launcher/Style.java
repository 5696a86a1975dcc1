package vowcheck.launcher;

import java.util.Map;

/// Colours of the output, which a text without a terminal does not have.
///
/// @param colours whether the output is a terminal that shows them
public record Style(boolean colours) {

    /// Without colours.
    public static final Style PLAIN = new Style(false);

    /// Set by the script `vowcheck` if its output is a terminal.
    private static final String TERMINAL = "VOWCHECK_TERMINAL";

    private static final String RESET = "\u001b[0m";

    /// As the environment asks for: `NO_COLOR` of any value but the empty one, and `TERM=dumb`, switch colours off.
    public static Style of(Map<String, String> environment) {
        return new Style(environment.containsKey(TERMINAL)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb"));
    }

    /// For what is as it should be.
    public String good(String text) {
        return painted("\u001b[32m", text);
    }

    /// For what needs attention.
    public String bad(String text) {
        return painted("\u001b[31m", text);
    }

    /// For headings.
    public String strong(String text) {
        return painted("\u001b[1m", text);
    }

    /// For what matters less.
    public String faint(String text) {
        return painted("\u001b[2m", text);
    }

    private String painted(String colour, String text) {
        return colours && !text.isEmpty() ? colour + text + RESET : text;
    }
}
